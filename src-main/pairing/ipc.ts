/** What the page and the main process say to each other about the server: finding it, and being sure that it is the right one. */
import { z } from 'zod'

const origin = z.url({ protocol: /^https?$/ }).max(2048)

export const pairingArguments = {
  'pairing.status': z.tuple([]),
  /** What lives at an address, as a person types it. */
  'pairing.look': z.tuple([z.string().max(2048)]),
  /** What lives at a server that was found, by its id. */
  'pairing.look-found': z.tuple([z.uuid()]),
  /** The server just looked at is the one; the typed code where one was asked for. */
  'pairing.connect': z.tuple([origin, z.string().max(100).nullable()]),
  /** Looks for servers on the network until told otherwise. */
  'pairing.browse': z.tuple([z.boolean()]),
  /** The page can't reach the server: it may have moved. */
  'pairing.offline': z.tuple([]),
  /** The warning was read and nothing is changed by it: not now. */
  'pairing.later': z.tuple([]),
} as const

/** A server that announces itself on the network. */
export interface FoundServer {
  readonly id: string
  /** The office's; empty before the first run. */
  readonly name: string
  /** Host and port, as a person would type them. */
  readonly address: string
  readonly version: string
  /** This computer already knows it by its key. */
  readonly isPaired: boolean
}

/**
 * Why a server may be connected to. `local`: on this very computer. `system`: authorities that the system trusts vouch for it.
 * `paired`: it has the key that this computer knows. `compare`: somebody has to compare the code first. `changed`: it
 * has another key than the one this computer knows, and only the code, typed from the server's own screen, helps.
 */
export type Trust = 'local' | 'system' | 'paired' | 'compare' | 'changed'

export interface LookedAt {
  readonly url: string
  readonly name: string
  readonly trust: Trust
  /** To be compared; null where it mustn't be copied from this screen or says nothing. */
  readonly code: string | null
}

/**
 * `insecure`: it answers in clear only. `downgrade`: this computer knows it encrypted, and in clear it could be anybody.
 */
export type LookProblem = 'invalid' | 'unreachable' | 'notBalcao' | 'incompatible' | 'insecure' | 'downgrade'

export type LookOutcome =
  { readonly ok: true; readonly server: LookedAt } | { readonly ok: false; readonly reason: LookProblem }

/** `wrongCode`: not the one of the server that was looked at. `stale`: it has to be looked at first. */
export type ConnectOutcome =
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly reason: 'wrongCode' | 'stale' }

/**
 * `changed`: something with another key answers in the server's place. `untrusted`: the system no longer vouches for it.
 * `offer`: it is spoken to in clear, and could be spoken to encrypted.
 */
export interface ServerAlarm {
  readonly kind: 'changed' | 'untrusted' | 'offer'
  readonly url: string
}

export interface PairingStatus {
  readonly url: string | null
  /** Under which name the page keeps what it knows of this server; the same when its address changes. */
  readonly dataKey: string | null
  readonly alarm: ServerAlarm | null
}

export interface PairingAnswers {
  'pairing.status': PairingStatus
  'pairing.look': LookOutcome
  'pairing.look-found': LookOutcome
  'pairing.connect': ConnectOutcome
  'pairing.browse': void
  'pairing.offline': void
  'pairing.later': void
}

export interface PairingApi {
  status(): Promise<PairingStatus>
  look(typed: string): Promise<LookOutcome>
  lookFound(id: string): Promise<LookOutcome>
  connect(url: string, typedCode: string | null): Promise<ConnectOutcome>
  browse(on: boolean): Promise<void>
  offline(): Promise<void>
  later(): Promise<void>
}

export type PairingMessage =
  | { readonly kind: 'servers-found'; readonly servers: readonly FoundServer[] }
  | { readonly kind: 'server-alarm'; readonly alarm: ServerAlarm | null }
  /** It has the same key at another address: the page has to be loaded anew, and nothing else changes. */
  | { readonly kind: 'server-moved' }
