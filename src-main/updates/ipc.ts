/** What the page and the main process say to each other about updates of this program. */
import { z } from 'zod'
import type { Compatibility } from './handshake.ts'

export const updatesArguments = {
  'updates.get': z.tuple([]),
  /** Looks now, whatever the time. */
  'updates.check': z.tuple([]),
  /** Ends the program, installs what is ready and starts it again. */
  'updates.install': z.tuple([]),
} as const

export type UpdateProgress =
  /** Nothing newer is known of. */
  | { readonly step: 'none' }
  | { readonly step: 'checking' }
  /** `share` is from 0 to 1. */
  | { readonly step: 'loading'; readonly version: string; readonly share: number }
  | { readonly step: 'ready'; readonly version: string }
  /** The server didn't give it; the next try comes by itself. */
  | { readonly step: 'failed' }

export interface UpdateState {
  /** This program's own. */
  readonly version: string
  /** Null until the server was reached. */
  readonly serverVersion: string | null
  readonly compatibility: Compatibility
  /** Null where this program can't update itself: it runs from its source. */
  readonly progress: UpdateProgress | null
}

export interface UpdatesAnswers {
  'updates.get': UpdateState
  'updates.check': void
  'updates.install': void
}

export interface UpdatesApi {
  get(): Promise<UpdateState>
  check(): Promise<void>
  install(): Promise<void>
}

export interface UpdatesMessage {
  readonly kind: 'updates'
  readonly state: UpdateState
}
