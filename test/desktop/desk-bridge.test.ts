import { expect, test } from 'vitest'
import { createBrowserDesk, platformOf } from '../../src-renderer/desk/browser-desk.ts'
import { createElectronDesk } from '../../src-renderer/desk/electron-desk.ts'
import type { DesktopApi, ServerUrlOutcome } from '../../src-main/ipc/contract.ts'

/** As much of a browser as the bridge touches. */
function aPage(): { page: Window; opened: string[]; assigned: string[] } {
  const opened: string[] = []
  const assigned: string[] = []
  const stored = new Map<string, string>()
  const page = {
    navigator: { userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)' },
    location: { origin: 'http://192.168.0.10:4810', assign: (url: string) => assigned.push(url) },
    localStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    },
    open: (url: string) => opened.push(url),
  }
  return { page: page as unknown as Window, opened, assigned }
}

test('in a browser the server is the page’s own origin and cannot be changed', async () => {
  const desk = createBrowserDesk(aPage().page)

  expect(desk.serverUrl.isFixed).toBe(true)
  expect(await desk.serverUrl.get()).toBe('http://192.168.0.10:4810')
  expect(await desk.serverUrl.set('http://elsewhere')).toEqual({ ok: false, reason: 'invalid' })
})

test('in a browser the token is kept, and says that it is plain', async () => {
  const { secrets } = createBrowserDesk(aPage().page)

  expect(await secrets.get('token')).toBeNull()
  expect(await secrets.set('token', 'abc')).toBe('plain')
  expect(await secrets.get('token')).toBe('abc')
  await secrets.delete('token')
  expect(await secrets.get('token')).toBeNull()
})

test('in a browser only web, mail and phone addresses open', async () => {
  const { page, opened } = aPage()
  const desk = createBrowserDesk(page)

  expect(await desk.openExternal('mailto:cliente@example.com')).toBe(true)
  expect(await desk.openExternal('javascript:alert(1)')).toBe(false)
  expect(opened).toEqual(['mailto:cliente@example.com'])
})

test.each([
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'macos'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 'macos'],
  ['Mozilla/5.0 (X11; Linux x86_64)', 'linux'],
  ['Mozilla/5.0 (Linux; Android 15)', 'other'],
])('%s is %s', (userAgent, platform) => {
  expect(platformOf(userAgent)).toBe(platform)
})

test.each<[ServerUrlOutcome, string[]]>([
  [{ ok: true, url: 'http://servidor:4810' }, ['/']],
  [{ ok: false, reason: 'unreachable' }, []],
])('in Electron the page starts again only when the server was accepted', async (outcome, starts) => {
  const { page, assigned } = aPage()
  const desktop = {
    platform: 'windows',
    serverUrl: { set: () => Promise.resolve(outcome) },
  } as unknown as DesktopApi
  const desk = createElectronDesk(desktop, page)

  expect(await desk.serverUrl.set('servidor')).toEqual(outcome)
  expect(assigned).toEqual(starts)
})
