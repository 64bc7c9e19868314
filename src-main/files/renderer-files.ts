/** Answers `app://balcao/…` from the built renderer, as the server does for browsers. */
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { isAppUrl } from '../app-url.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** `policy` is asked for at each page load, because it names the server of the moment. */
export function createRendererFiles(folder: string, policy: () => string): (url: URL) => Promise<Response> {
  return async (url) => {
    const path = isAppUrl(url.href) ? rendererFile(folder, url.pathname) : null
    if (path === null) return refusal(404)
    try {
      const content = await readFile(path)
      return new Response(content, { headers: headersFor(path, policy) })
    } catch {
      return refusal(404)
    }
  }
}

/** The file that an address means, or null. An address without an extension is a route of the page's own. */
export function rendererFile(folder: string, pathname: string): string | null {
  const decoded = decode(pathname)
  if (decoded === null || decoded.includes('\0')) return null
  const path = normalize(join(folder, decoded))
  if (path !== normalize(folder) && !path.startsWith(normalize(folder) + sep)) return null
  return extname(path) === '' ? join(folder, 'index.html') : path
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}

function headersFor(path: string, policy: () => string): Headers {
  const extension = extname(path)
  const headers = new Headers({
    'Content-Type': contentTypes[extension] ?? 'application/octet-stream',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  })
  if (extension === '.html') headers.set('Content-Security-Policy', policy())
  return headers
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { 'X-Content-Type-Options': 'nosniff' } })
}
