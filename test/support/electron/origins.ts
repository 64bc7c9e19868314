/**
 * Chromium cannot be taught a scheme from outside, so the page of `app://balcao` lives at an address that browsers treat
 * like it: an origin of its own, a secure context, storage. Both names are translated wherever one side sees the other.
 */
const real = 'app://balcao'
export const substituteOrigin = 'http://balcao.localhost'
export const substituteHost = new URL(substituteOrigin).host

export function toSubstitute(url: string): string {
  return url === real || url.startsWith(`${real}/`) ? substituteOrigin + url.slice(real.length) : url
}

export function toReal(url: string): string {
  return url === substituteOrigin || url.startsWith(`${substituteOrigin}/`)
    ? real + url.slice(substituteOrigin.length)
    : url
}
