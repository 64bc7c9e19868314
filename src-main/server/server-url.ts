/** From what a person types to the office server's origin. */
import { encrypted, isLoopback } from '../pairing/addresses.ts'

const defaultPort = '4810'

/**
 * The origin, or null when it is no web address. Without a scheme, the desk's own port is meant. Servers elsewhere are spoken to
 * encrypted whatever was typed: their one port speaks both.
 */
export function parseServerUrl(typed: string): string | null {
  const text = typed.trim()
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  const candidate = hasScheme ? text : `http://${text}`
  if (text === '' || !URL.canParse(candidate)) return null
  const url = new URL(candidate)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null
  if (!hasScheme && url.port === '' && !/:\d+(\/|$)/.test(text)) url.port = defaultPort
  return isLoopback(url.origin) ? url.origin : encrypted(url.origin)
}
