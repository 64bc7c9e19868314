import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WebPreferences } from 'electron'
import { expect, test } from 'vitest'
import { ipcArguments } from '../../src-main/ipc/contract.ts'
import type { Desktop } from '../support/electron/start-desktop.ts'
import { useShell } from '../support/electron/use-desktop.ts'

const shell = useShell()
const ownPackage = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  devDependencies: { electron: string }
}

test('the page runs sandboxed, isolated, without Node and with web security', async () => {
  const desktop = await shell.start()

  expect(desktop.electron.app.isSandboxEnabled).toBe(true)
  expect(desktop.window().options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  })
})

test('our scheme is a secure origin that bypasses no policy', async () => {
  const desktop = await shell.start()
  const privileges = desktop.electron.schemes.get('app')?.privileges

  expect(privileges).toMatchObject({ standard: true, secure: true })
  expect(privileges?.bypassCSP ?? false).toBe(false)
  expect(privileges?.allowServiceWorkers ?? false).toBe(false)
})

test('a link to a web site opens outside and leaves the page where it is', async () => {
  const desktop = await shell.start()
  const page = await desktop.page()
  await page.evaluate(() => {
    location.href = 'http://elsewhere.example/page'
  })

  await expect.poll(() => desktop.computer.openedOutside).toEqual(['http://elsewhere.example/page'])
  expect(await page.title()).toBe('Fixture')
})

test('a window that the page opens is refused, and its address opened outside', async () => {
  const desktop = await shell.start()
  const page = await desktop.page()
  await page.evaluate(() => void window.open('https://elsewhere.example/help', '_blank', 'noopener'))

  await expect.poll(() => desktop.computer.openedOutside).toEqual(['https://elsewhere.example/help'])
  expect(desktop.electron.windows.size).toBe(1)
})

test.each([
  ['https://elsewhere.example/', true],
  ['http://192.168.0.10/', true],
  ['mailto:cliente@example.com', true],
  ['tel:+551133334444', true],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['ms-msdt:/id', false],
  ['smb://server/share', false],
  ['data:text/html,x', false],
  ['not an address', false],
])('the page asks to open %s outside: %s', async (url, isOpened) => {
  const desktop = await shell.start()
  const page = await desktop.page()

  expect(await page.evaluate((address) => window.balcao?.openExternal(address), url)).toBe(isOpened)
  expect(desktop.computer.openedOutside).toEqual(isOpened ? [url] : [])
})

test('a redirect away from our page and a webview are refused', async () => {
  const desktop = await shell.start()
  const refused: string[] = []
  const { webContents } = desktop.window()
  webContents.emit('will-redirect', {
    url: 'https://elsewhere.example/',
    isMainFrame: true,
    preventDefault: () => refused.push('redirect'),
  })
  webContents.emit('will-attach-webview', { preventDefault: () => refused.push('webview') })

  expect(refused).toEqual(['redirect', 'webview'])
})

test.each([
  ['notifications', 'app://balcao/', true],
  ['clipboard-sanitized-write', 'app://balcao/', true],
  ['local-network-access', 'app://balcao/', true],
  ['notifications', 'https://elsewhere.example/', false],
  ['geolocation', 'app://balcao/', false],
  ['media', 'app://balcao/', false],
  ['clipboard-read', 'app://balcao/', false],
  ['usb', 'app://balcao/', false],
  ['openExternal', 'app://balcao/', false],
] as const)('the permission %s of %s is granted: %s', async (permission, origin, isGranted) => {
  const { electron } = await shell.start()
  const request = electron.defaultSession.permissionRequestHandler
  const check = electron.defaultSession.permissionCheckHandler
  if (!request || !check) throw new Error('no permission handler is set')

  const answers: boolean[] = []
  request({} as never, permission, (granted) => answers.push(granted), { requestingUrl: origin } as never)
  expect(answers).toEqual([isGranted])
  expect(check(null, permission, origin, {} as never)).toBe(isGranted)
})

test('a frame that wants to show another site is refused and opens nothing outside', async () => {
  const desktop = await shell.start()
  const refused: string[] = []
  for (const url of ['https://elsewhere.example/', 'about:srcdoc']) {
    desktop.window().webContents.emit('will-frame-navigate', {
      url,
      isMainFrame: false,
      preventDefault: () => refused.push(url),
    })
  }

  expect(refused).toEqual(['https://elsewhere.example/'])
  expect(desktop.computer.openedOutside).toEqual([])
})

test('the browser grants the page what the main process decided', async () => {
  const page = await (await shell.start()).page()
  const state = (name: PermissionName): Promise<string> =>
    page.evaluate(async (wanted) => (await navigator.permissions.query({ name: wanted })).state, name)

  expect(await state('notifications')).toBe('granted')
  expect(await state('geolocation')).toBe('denied')
})

test('the page runs no script but its own, and frames nothing', async () => {
  const desktop = await shell.start()
  const page = await desktop.page()
  const refused = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const violations = new Set<string>()
        document.addEventListener('securitypolicyviolation', (event) => {
          violations.add(event.effectiveDirective)
          if (violations.size === 2) resolve([...violations].sort())
        })
        const script = document.createElement('script')
        script.textContent = 'document.documentElement.dataset.inline = "ran"'
        const frame = document.createElement('iframe')
        frame.src = 'https://elsewhere.example/'
        document.body.append(script, frame)
      }),
  )

  expect(refused).toEqual(['frame-src', 'script-src-elem'])
  expect(await page.getAttribute('html', 'data-inline')).toBeNull()
})

test('torn-off tickets and the window of alerts are locked up as the main window is', async () => {
  const desktop = await shell.start({ platform: 'windows' })
  const page = await desktop.page()
  await page.evaluate(() => window.balcao?.windows.openTicket('01890a5d-ac96-774b-bcce-b302099a8057'))
  // With the main window out of sight the window of alerts makes the sound.
  desktop.window().close()
  await page.evaluate(() => window.balcao?.alerts.test('urgent'))

  const preferences = desktop.window().options.webPreferences ?? {}
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  for (const kind of ['ticket', 'alert'] as const) {
    await desktop.page(kind)
    expect(desktop.window(kind).options.webPreferences).toMatchObject(preferences)
    for (const [event, url] of [
      ['will-frame-navigate', 'file:///etc/passwd'],
      ['will-redirect', 'app://intruder/'],
      ['will-attach-webview', ''],
    ] as const)
      expect([kind, event, isRefused(desktop, event, { url, isMainFrame: true }, kind)]).toEqual([
        kind,
        event,
        true,
      ])
  }
})

interface Facts {
  readonly desktop: Desktop
  readonly preferences: WebPreferences
  readonly policy: string
  readonly electronVersion: string
  readonly fuses: Record<string, boolean>
}

/** Electron's own list (electronjs.org/docs/latest/tutorial/security): what holds each item. Tests of the behaviour stand above, and in ipc.test.ts. */
const checklist: Record<string, (facts: Facts) => boolean | Promise<boolean>> = {
  '1. Only load secure content': ({ desktop }) =>
    desktop.windows().every(({ firstUrl }) => firstUrl.startsWith('app://balcao/')),
  '2. No Node.js integration': ({ preferences }) =>
    preferences.nodeIntegration === false &&
    preferences.nodeIntegrationInWorker === false &&
    preferences.nodeIntegrationInSubFrames === false,
  '3. Context isolation': ({ preferences }) => preferences.contextIsolation === true,
  '4. Process sandboxing': ({ desktop, preferences }) =>
    preferences.sandbox === true && desktop.electron.app.isSandboxEnabled,
  '5. Permission requests are handled in every session': ({ desktop }) =>
    [desktop.electron.defaultSession, ...desktop.electron.sessions].every(
      ({ permissionRequestHandler, permissionCheckHandler }) =>
        permissionRequestHandler && permissionCheckHandler,
    ),
  '6. webSecurity stays on': ({ preferences }) => preferences.webSecurity === true,
  '7. A content security policy': ({ policy }) =>
    policy.includes("default-src 'none'") &&
    policy.includes("script-src 'self'") &&
    !policy.includes('unsafe-eval'),
  '8. No insecure content': ({ preferences }) => preferences.allowRunningInsecureContent === false,
  '9. No experimental features': ({ preferences }) => preferences.experimentalFeatures === false,
  '10. No enableBlinkFeatures': ({ preferences }) => !('enableBlinkFeatures' in preferences),
  '11. No allowpopups: there is no webview': ({ preferences }) => preferences.webviewTag === false,
  '12. Webviews are refused': ({ desktop }) => isRefused(desktop, 'will-attach-webview', {}),
  '13. Navigation is limited': ({ desktop }) =>
    isRefused(desktop, 'will-frame-navigate', { url: 'file:///etc/passwd', isMainFrame: true }) &&
    isRefused(desktop, 'will-redirect', { url: 'app://intruder/', isMainFrame: true }),
  // The stand-in throws where no handler forbids it, or where one allows it.
  '14. New windows are refused': async ({ desktop }) => {
    await (
      await desktop.page()
    ).evaluate(() => void window.open('https://elsewhere.example/', '_blank', 'noopener'))
    await expect.poll(() => desktop.computer.openedOutside).toContain('https://elsewhere.example/')
    return desktop.windows().length === 1
  },
  '15. openExternal gets no untrusted content': ({ desktop }) =>
    isRefused(desktop, 'will-frame-navigate', { url: 'smb://server/share', isMainFrame: true }) &&
    desktop.computer.openedOutside.every((url) => url.startsWith('https://')),
  '16. A current version of Electron': ({ electronVersion }) => Number.parseInt(electronVersion, 10) >= 45,
  '17. The sender of every message is looked at': async ({ desktop }) => {
    const stranger = { url: 'https://elsewhere.example/', parent: null }
    const answers = await Promise.allSettled(
      Object.keys(ipcArguments).map((channel) => desktop.electron.ipcMain.deliver(stranger, channel, [])),
    )
    return answers.every(
      (answer) => answer.status === 'rejected' && String(answer.reason).includes('ipc.forbidden'),
    )
  },
  '18. A protocol of our own instead of file://': ({ desktop }) =>
    desktop.electron.schemes.get('app')?.privileges?.standard === true && desktop.electron.answers.has('app'),
  '19. Fuses': ({ fuses }) =>
    fuses['runAsNode'] === false &&
    fuses['enableNodeOptionsEnvironmentVariable'] === false &&
    fuses['enableNodeCliInspectArguments'] === false &&
    fuses['onlyLoadAppFromAsar'] === true &&
    fuses['enableEmbeddedAsarIntegrityValidation'] === true,
  '20. No Electron API reaches the page': async ({ desktop }) =>
    (await desktop.page()).evaluate(
      () => !['require', 'process', 'module', 'ipcRenderer', 'electron'].some((name) => name in window),
    ),
}

function isRefused(
  desktop: Desktop,
  event: string,
  facts: object,
  kind: 'main' | 'ticket' | 'alert' = 'main',
): boolean {
  let isPrevented = false
  desktop.window(kind).webContents.emit(event, { ...facts, preventDefault: () => (isPrevented = true) })
  return isPrevented
}

test('every item of Electron’s security checklist is held', async () => {
  const desktop = await shell.start()
  const page = await desktop.page()
  const facts: Facts = {
    desktop,
    preferences: desktop.window().options.webPreferences ?? {},
    policy: await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy') ?? ''),
    electronVersion: ownPackage.devDependencies.electron,
    fuses: await fusesOfPackages(),
  }
  const missed: string[] = []
  for (const [item, isHeld] of Object.entries(checklist)) if (!(await isHeld(facts))) missed.push(item)

  expect(missed).toEqual([])
  expect(Object.keys(checklist)).toHaveLength(20)
})

/** Of what electron-builder makes. */
async function fusesOfPackages(): Promise<Record<string, boolean>> {
  const path = '../../build/package/electron-builder.mjs'
  const { configuration } = (await import(path)) as {
    configuration: { electronFuses: Record<string, boolean> }
  }
  return configuration.electronFuses
}
