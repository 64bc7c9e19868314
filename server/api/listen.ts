import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'

/** The server can't be reached where it should; the message says why in a line that a person at the terminal can act on. */
export class AddressError extends Error {
  override name = 'AddressError'
  /** Whether the address is fine and only somebody else has it. */
  readonly isTaken: boolean

  constructor(message: string, isTaken: boolean) {
    super(message)
    this.isTaken = isTaken
  }
}

/** What the operating system may say of an address, in words. */
const problems: Record<string, (address: Pick<Config, 'host' | 'port'>) => string> = {
  EADDRINUSE: ({ port }) => `Port ${port} is taken, perhaps by another Balcão. Choose another with --port.`,
  EACCES: ({ port }) => `This account may not use port ${port}. Choose one above 1023 with --port.`,
  EADDRNOTAVAIL: ({ host }) => `--host ${host} is no address of this machine.`,
  ENOTFOUND: ({ host }) => `--host ${host} is no address that this machine knows.`,
}

/** @throws AddressError when nobody could ever connect to that address. */
export async function listen(server: FastifyInstance, address: Pick<Config, 'host' | 'port'>): Promise<void> {
  try {
    // Of its two addresses Node would take whichever the system names first, and scripts are told the IPv4 one.
    const host = address.host === 'localhost' ? '127.0.0.1' : address.host
    await server.listen({ host, port: address.port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const problem = problems[code]
    if (!problem) throw error
    throw new AddressError(problem(address), code === 'EADDRINUSE')
  }
}
