/** What a page may do. Pure: `electron/security.ts` enforces it. */
import { isAppUrl } from '../app-url.ts'

/** The page may run its own scripts only, and talk to its own server only. */
export function contentSecurityPolicy(serverUrl: string | null): string {
  const server = serverUrl === null ? '' : ` ${serverUrl}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Components place themselves with style attributes.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${server}`,
    `media-src 'self' blob:${server}`,
    "font-src 'self'",
    `connect-src 'self'${server}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Our page stays the window's only page. Frames inside it may show what it wrote itself, never another site. */
export function mayNavigate(url: string, isMainFrame: boolean): boolean {
  return isAppUrl(url) || (!isMainFrame && (url === 'about:srcdoc' || url === 'about:blank'))
}

const outsideProtocols = new Set(['https:', 'http:', 'mailto:', 'tel:', 'callto:', 'sip:'])

/** Whether the system may be asked to open an address. Any other scheme can start a program. */
export function mayOpenOutside(url: string): boolean {
  return URL.canParse(url) && outsideProtocols.has(new URL(url).protocol)
}

const grantedPermissions = new Set([
  'notifications',
  // Copying a protocol number; reading the clipboard stays refused.
  'clipboard-sanitized-write',
  // The wall screen.
  'fullscreen',
  // Chromium asks before a page reaches the office's own network, where the server is; the CSP says which server.
  'local-network',
  'local-network-access',
  'loopback-network',
])

export function mayUse(permission: string, requestingUrl: string): boolean {
  return grantedPermissions.has(permission) && isAppUrl(requestingUrl)
}
