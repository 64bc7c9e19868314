/** What the page and the main process say to each other about a server on this very computer. */
import { z } from 'zod'

const port = z.int().min(1024).max(65_535)

export const hostArguments = {
  'host.get': z.tuple([]),
  /** Resolves when it answers or has failed. The port; null: the one that it had last. */
  'host.start': z.tuple([port.nullable()]),
  /** This computer is not the server any more. Everything it kept stays where it is. */
  'host.stop': z.tuple([]),
} as const

/**
 * `portTaken`: another program has the port. `storeUnusable`: its data can't be read, or another server has them.
 * `crashed`: it ended before it answered. `silent`: it runs and does not say that it listens, for minutes. `noAnswer`: it says that it listens, and this program can't reach it.
 */
export type HostFailure = 'portTaken' | 'storeUnusable' | 'crashed' | 'silent' | 'noAnswer'

export interface HostAddress {
  /** For this computer. */
  readonly url: string
  /** For the others, the names first; none where it has no network. */
  readonly addresses: readonly string[]
  /** What colleagues compare when they connect. */
  readonly code: string | null
}

export type HostState =
  | { readonly step: 'off' }
  | { readonly step: 'starting' }
  | ({ readonly step: 'running' } & HostAddress)
  /** It ended by itself and is started again, at `retryAt` (UTC milliseconds). */
  | { readonly step: 'waiting'; readonly retryAt: number }
  /** `detail`: the server's own words, in English; null when it had none. */
  | { readonly step: 'failed'; readonly reason: HostFailure; readonly detail: string | null }

export interface HostView {
  readonly state: HostState
  readonly port: number
  /** Where it keeps everything. */
  readonly dataDir: string
  /** This computer is, or was, the server: it keeps an office's data. */
  readonly hasData: boolean
}

export interface HostAnswers {
  /** Null where this program brought no server along. */
  'host.get': HostView | null
  'host.start': HostState
  'host.stop': void
}

export interface HostApi {
  get(): Promise<HostView | null>
  start(port: number | null): Promise<HostState>
  stop(): Promise<void>
}

export interface HostMessage {
  readonly kind: 'host'
  readonly state: HostState
}
