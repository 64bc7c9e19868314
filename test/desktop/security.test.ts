import { expect, test } from 'vitest'
import { useShell } from '../support/electron/use-desktop.ts'

const shell = useShell()

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
  const request = electron.permissionRequestHandler
  const check = electron.permissionCheckHandler
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
