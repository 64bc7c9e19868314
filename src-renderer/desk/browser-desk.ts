import type { DeskBridge } from './bridge.ts'
import { isExternalLink } from './external-link.ts'
import { saveFile } from './save-file.ts'

/** The bridge in a plain browser, whose page came from the server itself. */
export function createBrowserDesk(page: Window): DeskBridge {
  const key = (name: string): string => `balcao.${name}`
  return {
    home: 'browser',
    platform: platformOf(page.navigator.userAgent),
    serverUrl: {
      isFixed: true,
      get: () => Promise.resolve(page.location.origin),
      dataKey: () => Promise.resolve(page.location.origin),
      set: () => Promise.resolve({ ok: false, reason: 'invalid' }),
    },
    secrets: {
      get: (name) => Promise.resolve(page.localStorage.getItem(key(name))),
      set: (name, value) => {
        page.localStorage.setItem(key(name), value)
        return Promise.resolve('plain')
      },
      delete: (name) => {
        page.localStorage.removeItem(key(name))
        return Promise.resolve()
      },
    },
    openExternal: (url) => {
      if (!isExternalLink(url)) return Promise.resolve(false)
      page.open(url, '_blank', 'noopener,noreferrer')
      return Promise.resolve(true)
    },
    saveFile(name, content) {
      saveFile(name, content)
      return Promise.resolve(null)
    },
    setLanguage: () => Promise.resolve(),
    onMessage: () => () => undefined,
    alerts: null,
    pairing: null,
    windows: null,
    computer: null,
    host: null,
    phoneHook: null,
    updates: null,
  }
}

/** Phones count as `other`, except Apple's, whose keyboards have a ⌘. */
export function platformOf(userAgent: string): DeskBridge['platform'] {
  if (/Windows/.test(userAgent)) return 'windows'
  if (/Macintosh|iPhone|iPad/.test(userAgent)) return 'macos'
  if (/Linux/.test(userAgent) && !/Android/.test(userAgent)) return 'linux'
  return 'other'
}
