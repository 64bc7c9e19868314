/** The other side of a letter: a real SMTP server that remembers what came and answers as it is told. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { SMTPServer } from 'smtp-server'

export interface SmtpStandIn extends AsyncDisposable {
  port: number
  /** Whole letters, in the order they came. */
  letters: string[]
  /** What the next letters are answered with, one after another; taken once there is no more. */
  answers: { code: number; at: 'RCPT' | 'DATA' }[]
}

interface Options {
  tls?: boolean
  starttls?: boolean
  user?: string
  pass?: string
}

/** Speaks TLS with a certificate that nobody vouches for. */
export async function startSmtp({
  tls = false,
  starttls = false,
  user,
  pass,
}: Options = {}): Promise<SmtpStandIn> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'correio.ipe.example' }], {
    keySize: 2048,
    algorithm: 'sha256',
  })
  const standIn: Pick<SmtpStandIn, 'letters' | 'answers'> = { letters: [], answers: [] }
  const refuse = (code: number) => Object.assign(new Error('Como o teste pediu.'), { responseCode: code })
  const server = new SMTPServer({
    ...{ secure: tls, cert, key, authOptional: user === undefined, allowInsecureAuth: true },
    disabledCommands: [...(starttls ? [] : ['STARTTLS']), ...(user === undefined ? ['AUTH'] : [])],
    onAuth: (auth, _session, done) =>
      auth.username === user && auth.password === pass
        ? done(null, { user: auth.username })
        : done(refuse(535)),
    onRcptTo(_address, _session, done) {
      if (standIn.answers[0]?.at === 'RCPT') return done(refuse(standIn.answers.shift()?.code ?? 550))
      done()
    },
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => void parts.push(part))
      stream.on('end', () => {
        const answer = standIn.answers[0]?.at === 'DATA' ? standIn.answers.shift() : undefined
        if (answer) return done(refuse(answer.code))
        standIn.letters.push(Buffer.concat(parts).toString())
        done()
      })
    },
  })
  // Whoever doesn't trust the certificate hangs up in the middle of the handshake.
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    ...standIn,
    get letters() {
      return standIn.letters
    },
    port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
