/** The address of our own page inside Electron. A scheme of our own has an origin, which `file://` lacks. */
export const APP_SCHEME = 'app'
const APP_HOST = 'balcao'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  // Node gives an origin of "null" to every scheme it does not know, so the parts are compared instead.
  return protocol === `${APP_SCHEME}:` && host === APP_HOST
}
