import { networkInterfaces } from 'node:os'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { version } from './version.ts'

export interface Announcement {
  dataDir: string
  /** Present while nobody has set the desk up: the proof asked of whoever does it from another machine. */
  setupToken: string | null
  /** Who can log in to the demonstration office, and how. */
  demoLogins: { email: string; password: string } | null
}

/** Says that the server is ready: a friendly banner on a terminal, else the one JSON line that scripts wait for. */
export function announce(server: FastifyInstance, { dataDir, setupToken, demoLogins }: Announcement): void {
  const { port } = server.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  if (!process.stdout.isTTY) {
    const line = {
      level: 30,
      time: Date.now(),
      msg: 'listening',
      url,
      version,
      dataDir,
      ...(setupToken ? { setupToken } : {}),
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
    return
  }
  const others = lanAddresses().map((address) => `             http://${address}:${port}\n`)
  process.stdout.write(
    `\n  Balcão ${version}\n\n  Open       ${url}\n${others.join('')}  Data       ${dataDir}\n` +
      (setupToken ? `\n  First run from another machine asks for this token:\n  ${setupToken}\n` : '') +
      (demoLogins ? `\n  Demonstration office: ${demoLogins.email} / ${demoLogins.password}\n` : '') +
      '\n  Ctrl+C stops the server.\n\n',
  )
}

const lanAddresses = () =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
