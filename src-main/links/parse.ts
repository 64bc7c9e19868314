/** Addresses of our own scheme, and telephone numbers, as other programs, mails and colleagues' notes carry them. Anybody can write one, so nothing but these is understood. */
import { z } from 'zod'

export const LINK_SCHEME = 'balcao'
/** Of telephone numbers (RFC 3966, and what came before it). */
export const PHONE_SCHEMES = ['tel', 'callto'] as const

export type LinkTarget =
  | { readonly kind: 'ticket'; readonly id: string }
  | { readonly kind: 'ticketNumber'; readonly number: string }
  | { readonly kind: 'call'; readonly phone: string | null }
  | { readonly kind: 'alerts' }
  | { readonly kind: 'queue'; readonly queue: string | null }

const ticketNumber = /^\d{4}-\d{1,12}$/
const phoneNumber = /^\+?[\d\s().\-/]{3,30}$/
const queueKey = /^[A-Za-z0-9-]{1,64}$/

/** Null for everything that isn't exactly one of: `balcao://ticket/<id or number>`, `balcao://call[?phone=…]`, `balcao://alerts`, `balcao://queue[/<queue>]`, `tel:<number>`, `callto:<number>`. */
export function parseLink(url: string): LinkTarget | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, username, port, pathname, searchParams, hash } = new URL(url)
  if (PHONE_SCHEMES.some((scheme) => protocol === `${scheme}:`)) return phoneTarget(url)
  if (protocol !== `${LINK_SCHEME}:` || username !== '' || port !== '' || hash !== '') return null
  const rest = decode(pathname)
  if (rest === null || rest.length > 1) return null
  const detail = rest[0] ?? null
  const params = [...searchParams.keys()]
  if (params.length > 0 && !(host === 'call' && params.length === 1 && params[0] === 'phone')) return null

  switch (host) {
    case 'ticket':
      return detail === null ? null : ticketTarget(detail)
    case 'call': {
      const phone = searchParams.get('phone')
      if (detail !== null || (phone !== null && !phoneNumber.test(phone.trim()))) return null
      return { kind: 'call', phone: phone === null ? null : phone.trim() }
    }
    case 'alerts':
      return detail === null ? { kind: 'alerts' } : null
    case 'queue':
      return detail === null || queueKey.test(detail) ? { kind: 'queue', queue: detail } : null
    default:
      return null
  }
}

/** What follows the number in a `tel:` link (`;ext=…`, `?call`) is for whoever dials. */
function phoneTarget(url: string): LinkTarget | null {
  const [given = ''] = url
    .slice(url.indexOf(':') + 1)
    .replace(/^\/\//, '')
    .split(/[;?#]/)
  try {
    const phone = decodeURIComponent(given).trim()
    return phoneNumber.test(phone) ? { kind: 'call', phone } : null
  } catch {
    return null
  }
}

function ticketTarget(detail: string): LinkTarget | null {
  const id = z.uuid().safeParse(detail.toLowerCase())
  if (id.success) return { kind: 'ticket', id: id.data }
  return ticketNumber.test(detail) ? { kind: 'ticketNumber', number: detail } : null
}

/** The parts of a path, without the slash that some systems add at the end; null when it is malformed. */
function decode(pathname: string): string[] | null {
  try {
    return pathname
      .replace(/^\//, '')
      .replace(/\/$/, '')
      .split('/')
      .filter((part, _index, all) => all.length > 1 || part !== '')
      .map(decodeURIComponent)
  } catch {
    return null
  }
}
