import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type {
  CertificateRequest,
  DesktopPorts,
  DesktopWindow,
  NotificationListener,
  NotificationSpec,
  WindowKind,
  WindowOptions,
} from '../../src-main/ports.ts'
import type { TrayModel } from '../../src-main/tray/model.ts'
import type { ElectronState } from '../support/electron/electron-module.ts'
import { toReal, toSubstitute } from '../support/electron/origins.ts'
import { useShell } from '../support/electron/use-desktop.ts'
import type { Desktop } from '../support/electron/start-desktop.ts'
import { strict } from '../support/electron/strict.ts'
import { startTlsServer } from '../support/tls-server.ts'

const shell = useShell()
const portsMain = join(import.meta.dirname, '../support/electron/ports-main.ts')

test('what the stand-in does not know throws, by name', () => {
  expect(() => (strict('app', {}) as { dock?: unknown }).dock).toThrow('no app.dock')
})

test('a path that the stand-in does not know throws', async () => {
  const desktop = await shell.start()
  expect(() => desktop.electron.app.getPath('music')).toThrow("app.getPath('music')")
})

test('only our own origin is translated, not an address that begins like it', () => {
  expect(toSubstitute('app://balcao/tickets/1')).toBe('http://balcao.localhost/tickets/1')
  expect(toReal(toSubstitute('app://balcao/tickets/1'))).toBe('app://balcao/tickets/1')
  expect(toSubstitute('app://balcao.example/')).toBe('app://balcao.example/')
  expect(toReal('http://balcao.localhost.example/')).toBe('http://balcao.localhost.example/')
})

/** The adapters alone on the stand-in, ready, with what a test needs of both. */
async function startPorts(options: Parameters<typeof shell.start>[0] = {}): Promise<{
  desktop: Desktop
  ports: DesktopPorts
  electron: ElectronState
}> {
  const desktop = await shell.start({ ...options, main: portsMain })
  const { ports } = desktop.exports as { ports: DesktopPorts }
  await ports.lifecycle.ready()
  return { desktop, ports, electron: desktop.electron }
}

function open(ports: DesktopPorts, kind: WindowKind, show: WindowOptions['show'] = 'active'): DesktopWindow {
  const place = { bounds: { x: 10, y: 10, width: 400, height: 500 }, isMaximised: false }
  const path = kind === 'alert' ? 'window/alerts' : kind === 'ticket' ? 'window/ticket/1' : ''
  return ports.windows.open({ kind, show, place, url: `app://balcao/${path}` })
}

function watch(): { heard: string[]; listener: NotificationListener } {
  const heard: string[] = []
  return {
    heard,
    listener: {
      onShown: () => heard.push('shown'),
      onFailed: (error) => heard.push(`failed: ${error}`),
      onClicked: () => heard.push('clicked'),
      onAction: (id) => heard.push(`action: ${id}`),
      onClosed: (why) => heard.push(`closed: ${why}`),
    },
  }
}

const aNotification: NotificationSpec = {
  id: 'a1',
  group: 't1',
  title: 'Prazo estourado',
  body: 'Impressora fiscal',
  isSilent: true,
  urgency: 'critical',
  isSticky: true,
  actions: [
    { id: 'open', label: 'Abrir' },
    { id: 'acknowledge', label: 'Assumir' },
  ],
}

test('an event that the stand-in does not know throws, by name', async () => {
  const { electron } = await startPorts()
  expect(() => electron.power.on('thermal-state-change', () => undefined)).toThrow(
    "event 'thermal-state-change' of powerMonitor",
  )
})

test('a person clicks a notification, presses a button, or puts it away, and the program hears which', async () => {
  const { ports, electron } = await startPorts({ platform: 'windows' })
  const [clicked, pressed, dismissed] = [watch(), watch(), watch()]
  for (const [index, { listener }] of [clicked, pressed, dismissed].entries()) {
    ports.notifier.show({ ...aNotification, id: `a${index}` }, listener)
  }
  await expect.poll(() => dismissed.heard).toEqual(['shown'])
  const [first, second, third] = electron.notifications
  first?.timeOut()
  first?.click()
  second?.choose('Assumir')
  third?.dismiss()

  expect(clicked.heard).toEqual(['shown', 'closed: timeout', 'clicked'])
  expect(pressed.heard).toEqual(['shown', 'action: acknowledge'])
  expect(dismissed.heard).toEqual(['shown', 'closed: user'])
  expect(first).toMatchObject({ groupId: 't1', silent: true, urgency: 'critical', timeoutType: 'never' })
})

test('a system may refuse a notification, or take it and show it to nobody', async () => {
  const { desktop, ports, electron } = await startPorts()
  const [refused, swallowed] = [watch(), watch()]
  desktop.computer.notificationFate = { failsWith: 'HRESULT: 0x803E0105' }
  ports.notifier.show(aNotification, refused.listener)
  await expect.poll(() => refused.heard).toEqual(['failed: HRESULT: 0x803E0105'])

  desktop.computer.notificationFate = 'swallowed'
  ports.notifier.show({ ...aNotification, id: 'a2' }, swallowed.listener)
  expect(swallowed.heard).toEqual([])
  expect(electron.notifications.map(({ isOnScreen }) => isOnScreen)).toEqual([false, false])
})

test('shown again under its id a notification replaces the former, and can be taken away', async () => {
  const { ports, electron } = await startPorts()
  const [former, later] = [watch(), watch()]
  ports.notifier.show(aNotification, former.listener)
  ports.notifier.show({ ...aNotification, title: 'De novo' }, later.listener)
  expect(electron.notifications.filter(({ isOnScreen }) => isOnScreen).map(({ title }) => title)).toEqual([
    'De novo',
  ])
  ports.notifier.remove('a1')
  ports.notifier.remove('unheard of')

  await expect.poll(() => later.heard).toContain('closed: program')
  expect(former.heard).toContain('closed: program')
  expect(electron.notifications.some(({ isOnScreen }) => isOnScreen)).toBe(false)
})

const trayModel: TrayModel = {
  icon: 'urgent',
  count: 3,
  tooltip: '3 alertas',
  entries: [
    { id: 'open', label: 'Abrir o Balcão' },
    'separator',
    {
      id: 'snooze',
      label: 'Silenciar',
      entries: [{ id: 'snooze.30', label: '30 minutos', isChecked: true }],
    },
    { id: 'off', label: 'Indisponível', isDisabled: true },
  ],
}

test('the tray shows picture, words and menu, and tells what was chosen', async () => {
  const { ports, electron } = await startPorts()
  const chosen: string[] = []
  ports.tray.onChoose((id) => chosen.push(id))
  ports.tray.onClicked(() => chosen.push('click'))
  ports.tray.show(trayModel)

  expect(electron.tray).toMatchObject({ tooltip: '3 alertas', title: '', picture: { name: 'tray-urgent-3' } })
  electron.tray?.click()
  electron.tray?.choose('30 minutos')
  expect(() => electron.tray?.choose('off')).toThrow('greyed out')
  expect(chosen).toEqual(['click', 'snooze.30'])

  ports.tray.show(null)
  expect(electron.tray).toBeNull()
})

test('on a Mac the tray is a template with a number, the dock has the badge, and a click opens the menu', async () => {
  const { ports, electron } = await startPorts({ platform: 'macos' })
  const chosen: string[] = []
  ports.tray.onClicked(() => chosen.push('click'))
  ports.tray.show(trayModel)
  ports.badge.show({ count: 3, text: '3', overlay: null })
  ports.badge.bounce('critical')
  electron.tray?.click()

  expect(electron.tray?.title).toBe('3')
  expect(electron.tray?.picture.name).toBe('tray-urgentTemplate')
  expect(electron.tray?.picture.isTemplateImage()).toBe(true)
  expect(chosen).toEqual([])
  expect(electron.app.dock).toMatchObject({ badge: '3', bounces: ['critical'] })
})

test('on Windows the overlay comes back with the taskbar button', async () => {
  const { desktop, ports, electron } = await startPorts({ platform: 'windows' })
  const window = open(ports, 'main')
  await expect.poll(() => window.isVisible()).toBe(true)
  ports.badge.show({ count: 1, text: '1', overlay: { icon: 'urgent', description: '1 alerta urgente' } })
  const overlay = { description: '1 alerta urgente', picture: { name: 'overlay-urgent' } }
  expect(desktop.window().overlay).toMatchObject(overlay)

  window.hide()
  expect(desktop.window().overlay).toBeNull()
  window.focus()
  expect(desktop.window().overlay).toMatchObject(overlay)
  expect(electron.app.appUserModelId).toBe('br.balcao.desk')
})

test('an alert window lies above all, on every workspace, sounds unseen, and takes no keyboard', async () => {
  const { desktop, ports } = await startPorts()
  const main = open(ports, 'main')
  await expect.poll(() => main.isFocused()).toBe(true)
  const alert = open(ports, 'alert', 'inactive')
  await expect.poll(() => alert.isVisible()).toBe(true)

  expect(desktop.window('alert')).toMatchObject({ onTop: 'screen-saver', isOnAllWorkspaces: true })
  expect(desktop.window('alert').options.webPreferences?.backgroundThrottling).toBe(false)
  expect(main.isFocused()).toBe(true)
  expect(desktop.windows().length).toBe(2)
  expect(desktop.windows('ticket')).toEqual([])
})

test('a window that waits in the tray is not seen before it is asked for', async () => {
  const { desktop, ports } = await startPorts()
  const window = open(ports, 'main', 'hidden')
  await (await desktop.page()).waitForLoadState()
  expect(window.isVisible()).toBe(false)

  window.focus()
  expect(window.isVisible()).toBe(true)
  window.flash(true)
  expect(desktop.window().isFlashing).toBe(true)
})

test('a window may keep itself open, but not when the program ends', async () => {
  const { desktop, ports, electron } = await startPorts()
  const heard: string[] = []
  ports.lifecycle.onQuitting(() => heard.push('quitting'))
  const window = open(ports, 'main')
  window.onClosing((_place, keep) => keep())
  window.onClosed(() => heard.push('closed'))
  window.close()
  expect(desktop.windows().length).toBe(1)

  ports.lifecycle.quit()
  await electron.app.ended
  expect(heard).toEqual(['quitting', 'closed'])
})

test('what is said to a page waits until it listens, in order, and again after a reload', async () => {
  const { desktop, ports } = await startPorts()
  const window = open(ports, 'main')
  const page = await desktop.page()
  const listen = (): Promise<void> =>
    page.evaluate(() => {
      const heard: string[] = []
      Object.assign(window, { heard })
      globalThis.window.balcao?.onMessage((message) => heard.push(JSON.stringify(message)))
    })
  const heard = (): Promise<string[]> =>
    page.evaluate(() =>
      (window as unknown as { heard: string[] }).heard.map(
        (text) => (JSON.parse(text) as { path: string }).path,
      ),
    )
  window.send({ kind: 'open', path: '/1' })
  window.send({ kind: 'open', path: '/2' })
  await listen()
  window.send({ kind: 'open', path: '/3' })
  await expect.poll(heard).toEqual(['/1', '/2', '/3'])

  await page.reload()
  window.send({ kind: 'open', path: '/4' })
  // It would be there by now, and nobody to hear it.
  await page.evaluate(() => undefined)
  await listen()
  await expect.poll(heard).toEqual(['/4'])
})

test('shortcuts work in every program, unless another one holds them', async () => {
  const { desktop, ports, electron } = await startPorts()
  const pressed: string[] = []
  desktop.computer.shortcutsOfOthers.add('CommandOrControl+Shift+K')

  expect(ports.shortcuts.register('CommandOrControl+Shift+L', () => pressed.push('L'))).toBe(true)
  expect(ports.shortcuts.register('CommandOrControl+Shift+K', () => pressed.push('K'))).toBe(false)
  expect(ports.shortcuts.register('Nonsense+', () => undefined)).toBe(false)
  electron.shortcuts.press('CommandOrControl+Shift+L')
  electron.shortcuts.press('CommandOrControl+Shift+K')
  ports.shortcuts.unregister('CommandOrControl+Shift+L')
  electron.shortcuts.press('CommandOrControl+Shift+L')
  expect(pressed).toEqual(['L'])
})

test.each(['windows', 'macos', 'linux'] as const)(
  'on %s links wait until somebody listens, and come from any start',
  async (platform) => {
    const args = ['--hidden', 'balcao://ticket/1']
    const { desktop, ports } = await startPorts({ platform, args })
    const opened: string[] = []
    desktop.openLink('tel:+551133334444')
    ports.links.onOpen((url) => opened.push(url))
    desktop.openLink('callto:33334444')
    desktop.openLink('https://elsewhere.example/')

    expect(opened).toEqual(['balcao://ticket/1', 'tel:+551133334444', 'callto:33334444'])
    expect(ports.lifecycle.argv).toContain('--hidden')
  },
)

test('a scheme is claimed and given back, where the system allows it', async () => {
  const { desktop, ports } = await startPorts({ isInstalled: true })
  desktop.computer.refusedSchemes.add('tel')

  expect([ports.links.claim('balcao'), ports.links.claim('tel')]).toEqual([true, false])
  expect([ports.links.isClaimed('balcao'), ports.links.isClaimed('tel')]).toEqual([true, false])
  ports.links.release('balcao')
  expect(ports.links.isClaimed('balcao')).toBe(false)
  expect(ports.env).toMatchObject({ isInstalled: true, platform: 'linux' })
})

test.each(['windows', 'macos', 'linux'] as const)('on %s the start at log-in is hidden', async (platform) => {
  const { desktop, ports } = await startPorts({ platform })
  expect(ports.loginItem.isEnabled()).toBe(false)
  ports.loginItem.enable(true)
  expect(ports.loginItem.isEnabled()).toBe(true)
  if (platform === 'linux') {
    const entry = await readFile(join(desktop.computer.appDataDir, 'autostart', 'balcao.desktop'), 'utf8')
    expect(entry).toContain('"--hidden"')
  } else expect(desktop.computer.loginItem?.args).toEqual(['--hidden'])
  ports.loginItem.enable(false)
  expect(ports.loginItem.isEnabled()).toBe(false)
})

test('files are saved whole where the person says, or not at all', async () => {
  const { desktop, ports } = await startPorts()
  const { computer } = desktop
  const path = await ports.files.save('Protocolo: 2026/000123.pdf', Buffer.from('%PDF'))
  expect(path).toBe(join(computer.downloadsDir, 'Protocolo- 2026-000123.pdf'))
  expect(await readFile(path ?? '', 'utf8')).toBe('%PDF')
  expect(await readdir(computer.downloadsDir)).toHaveLength(1)
  ports.files.reveal(path ?? '')
  expect(computer.revealed).toEqual([path])

  computer.chooseFile = () => null
  expect(await ports.files.save('x.pdf', Buffer.from('x'))).toBeNull()
})

test('a page is printed, made a PDF, and zoomed', async () => {
  const { desktop, ports } = await startPorts()
  const window = open(ports, 'main')
  await (await desktop.page()).waitForLoadState()
  window.print()
  window.setZoomFactor(1.25)

  expect(Buffer.from(await window.pdf()).toString('latin1', 0, 4)).toBe('%PDF')
  expect(desktop.computer.printed).toEqual(['app://balcao/'])
  expect(window.zoomFactor()).toBe(1.25)
})

test('sleep and lock are told', async () => {
  const { ports, electron } = await startPorts()
  const heard: string[] = []
  ports.power.onSuspend(() => heard.push('suspend'))
  ports.power.onResume(() => heard.push('resume'))
  ports.power.onLock(() => heard.push('lock'))
  ports.power.onUnlock(() => heard.push('unlock'))
  electron.power.sleep()
  electron.power.wakeUp()
  electron.power.lock()
  electron.power.unlock()

  expect(heard).toEqual(['suspend', 'resume', 'lock', 'unlock'])
})

test.runIf(process.platform === 'linux')(
  'a silenced notification service is noticed, a mute one is unknown',
  async () => {
    const { desktop, ports } = await startPorts()
    const { computer } = desktop
    expect(await ports.attention.state()).toBe('free')
    await computer.setDoNotDisturb(true)
    expect(await ports.attention.state()).toBe('dnd')
    await computer.setDoNotDisturb(null)
    expect(await ports.attention.state()).toBe('unknown')
  },
)

test('the main process decides on certificates, for its pages as for itself; its answer holds while it runs', async () => {
  await using server = await startTlsServer()
  const { desktop, ports } = await startPorts()
  const asked: CertificateRequest[] = []
  let isPinned = false
  ports.certificates.verify((request) => {
    asked.push(request)
    return isPinned
  })
  open(ports, 'main')
  const page = await desktop.page()
  const fetchInPage = (): Promise<string> =>
    page.evaluate(
      (url) =>
        fetch(url).then(
          (answer) => answer.text(),
          () => 'refused',
        ),
      server.url,
    )

  expect(await fetchInPage()).toBe('refused')
  await expect(ports.fetch(server.url, {})).rejects.toThrow('fetch failed')
  expect(asked).toEqual([{ hostname: '127.0.0.1', fingerprint: server.fingerprint, isTrusted: false }])
  isPinned = true
  expect(await fetchInPage()).toBe('refused')
})

test('a certificate that is accepted lets everything through', async () => {
  await using server = await startTlsServer()
  const { desktop, ports } = await startPorts()
  ports.certificates.verify(({ fingerprint }) => fingerprint === server.fingerprint)
  open(ports, 'main')
  const page = await desktop.page()

  expect(await (await ports.fetch(server.url, { method: 'POST', body: 'olá' })).text()).toBe('POST olá')
  expect(await page.evaluate((url) => fetch(url).then((answer) => answer.text()), server.url)).toBe('GET ')
})

test('a certificate that the system trusts is told so, and may be refused all the same', async () => {
  await using server = await startTlsServer()
  const { desktop, ports } = await startPorts()
  desktop.computer.authorities.push(server.certificate)
  expect(await (await ports.fetch(`${server.url}/before-anybody-decides`, {})).text()).toBe('GET ')
  await desktop.quit()

  const again = await startPorts({ computer: desktop.computer })
  const asked: boolean[] = []
  again.ports.certificates.verify(({ isTrusted }) => {
    asked.push(isTrusted)
    return false
  })
  await expect(again.ports.fetch(server.url, {})).rejects.toThrow('fetch failed')
  expect(asked).toEqual([true])
})

test('the updater asks the office’s server over a session of its own, which is guarded as well', async () => {
  await using server = await startTlsServer()
  const { ports, electron } = await startPorts({ isInstalled: true })
  ports.certificates.verify(() => true)
  process.env.APPIMAGE = '/opt/Balcao.AppImage'
  try {
    expect(await ports.updater.check(`${server.url}/newer`)).toEqual({ version: '99.0.0' })
    expect(await ports.updater.check(`${server.url}/same`)).toBeNull()
  } finally {
    delete process.env.APPIMAGE
  }
  expect(electron.sessions.map(({ name }) => name)).toEqual(['electron-updater'])
  expect(electron.sessions[0]?.verifyProc).not.toBeNull()
  expect(electron.sessions[0]?.permissionRequestHandler).not.toBeNull()
})

test('a window that was hidden when its screen was unplugged is shown where somebody can see it', async () => {
  const { desktop, ports } = await startPorts()
  const second = { x: 1920, y: 0, width: 1280, height: 1000 }
  desktop.computer.screens.push(second)
  const place = { bounds: { x: 2500, y: 300, width: 440, height: 340 }, isMaximised: false }
  const window = ports.windows.open({
    kind: 'alert',
    show: 'hidden',
    place,
    url: 'app://balcao/window/alerts',
  })
  window.showInactive()
  expect(desktop.window('alert').getNormalBounds()).toMatchObject({ x: 2500, y: 300 })
  window.hide()
  desktop.computer.screens.pop()
  window.showInactive()
  const { x, width } = desktop.window('alert').getNormalBounds()
  expect(x + width).toBeLessThanOrEqual(1920)
})

test('a Mac’s icon that bounces for an alert stops when a colleague has it in hand', async () => {
  const { ports, electron } = await startPorts({ platform: 'macos' })
  ports.badge.bounce('critical')
  ports.badge.bounce('critical')
  expect(electron.app.dock?.isBouncing).toBe(true)
  ports.badge.calm()
  expect(electron.app.dock?.isBouncing).toBe(false)
})
