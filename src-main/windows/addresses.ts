/** Addresses of the page that the main process opens by itself. */
import { APP_URL } from '../app-url.ts'

/** What is known of a call before anybody typed. */
export interface CaptureQuery {
  /** As it was given; empty when it is withheld. */
  readonly phone?: string
  /** The call that the exchange told of: the ticket is linked to it. */
  readonly callId?: string
}

/** The call's form alone in its window. An empty number asks for an empty form; without one the window shows what it has. */
export function capturePath({ phone, callId }: CaptureQuery): string {
  if (phone === undefined) return '/window/capture'
  const call = callId === undefined ? '' : `&call=${encodeURIComponent(callId)}`
  return `/window/capture?number=${encodeURIComponent(phone)}${call}`
}

export const ALERT_WINDOW_PATH = '/window/alerts'

/** A ticket alone in its window; the page gives it no list and no rail. */
export function ticketWindowPath(ticketId: string): string {
  return `/window/ticket/${encodeURIComponent(ticketId)}`
}

/** The panel of a new call over the desk, after the log-in if need be. */
export function callPath({ phone }: CaptureQuery): string {
  return phone === undefined ? '/calls/new' : `/calls/new?phone=${encodeURIComponent(phone)}`
}

export function addressOf(path: string): string {
  return APP_URL + path.replace(/^\//, '')
}
