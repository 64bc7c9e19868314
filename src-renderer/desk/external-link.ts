const allowedProtocols = new Set(['https:', 'http:', 'mailto:', 'tel:', 'callto:', 'sip:'])

/** Whether an address may be handed to the system: customers' messages bring links of every kind. */
export function isExternalLink(url: string): boolean {
  return URL.canParse(url) && allowedProtocols.has(new URL(url).protocol)
}
