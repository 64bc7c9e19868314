import { createFiles, type Files } from './files.ts'
import { createTransport, type Transport, type TransportOptions } from './transport.ts'

export interface Api extends Pick<Transport, 'trpc' | 'send'> {
  readonly files: Files
}

/** How the page talks to its server. */
export function createApi(options: TransportOptions): Api {
  const { trpc, send, fetch } = createTransport(options)
  return { trpc, send, files: createFiles({ ...options, fetch }) }
}
