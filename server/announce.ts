import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { NetworkView } from './tls/contract.ts'
import { version } from './version.ts'

export interface Announcement {
  dataDir: string
  network: NetworkView | null
  /** Present while nobody has set the desk up: the proof asked of whoever does it from another machine. */
  setupToken: string | null
  /** Who can log in to the demonstration office, and how. */
  demoLogins: { email: string; password: string } | null
}

/** Says that the server is ready: a friendly banner on a terminal, else the one JSON line that scripts wait for. */
export function announce(
  server: FastifyInstance,
  { dataDir, network, setupToken, demoLogins }: Announcement,
): void {
  // Whoever started the server may be gone; nobody who reads is no reason not to serve.
  process.stdout.on('error', () => undefined)
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
      ...(network ? { fingerprint: network.certificate.fingerprint, addresses: network.addresses } : {}),
      ...(setupToken ? { setupToken } : {}),
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
    return
  }
  const others = network?.addresses.map((address) => `             ${address}\n`) ?? []
  process.stdout.write(
    `\n  Balcão ${version}\n\n  Open       ${url}\n${others.join('')}  Data       ${dataDir}\n` +
      (network ? `  Code       ${network.certificate.code}   (clients compare it when they connect)\n` : '') +
      (setupToken ? `\n  First run from another machine asks for this token:\n  ${setupToken}\n` : '') +
      (demoLogins ? `\n  Demonstration office: ${demoLogins.email} / ${demoLogins.password}\n` : '') +
      '\n  Ctrl+C stops the server.\n\n',
  )
}
