/** Addresses of servers, compared. Pure. */

export const hostnameOf = (url: string): string => new URL(url).hostname.replaceAll(/^\[|\]$/g, '')

/** This very computer: nobody listens between. */
export function isLoopback(url: string): boolean {
  const host = hostnameOf(url)
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

/** The same place by another protocol: one port speaks both. */
export function encrypted(url: string): string {
  const { protocol, hostname, port } = new URL(url)
  if (protocol === 'https:') return url
  return new URL(`https://${hostname}:${port === '' ? '80' : port}`).origin
}

/** An origin for a host name or address, IPv6 included. */
export const httpsOrigin = (host: string, port: number): string =>
  new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`).origin
