/** The desktop client: what is set up when it starts, in order. */
import { createAlertsHandlers } from './alerts/handlers.ts'
import { createAlertsRoom } from './alerts/room.ts'
import { createRendererFiles } from './files/renderer-files.ts'
import { createHostHandlers } from './host/handlers.ts'
import { createHost } from './host/host.ts'
import { createQuitGuard } from './host/quit-guard.ts'
import type { Language } from './ipc/contract.ts'
import { createIpcHandlers } from './ipc/handlers.ts'
import { serveIpc } from './ipc/inlet.ts'
import { chooseLanguage } from './language.ts'
import { openLinks } from './links/open.ts'
import { parseLink } from './links/parse.ts'
import { createPhoneLinks } from './links/phone-links.ts'
import { createAppMenu } from './menu/app-menu.ts'
import { createMenuChooser } from './menu/choose.ts'
import type { DesktopPorts } from './ports.ts'
import { createDiscovery } from './discovery/discovery.ts'
import { createPairingHandlers } from './pairing/handlers.ts'
import { createPairing } from './pairing/pairing.ts'
import { createPhoneHookHandlers } from './phone/handlers.ts'
import { createPhoneHook } from './phone/hook.ts'
import { createPhoneRoom } from './phone/room.ts'
import { contentSecurityPolicy } from './security/policy.ts'
import { openSecrets } from './settings/secrets.ts'
import { openSettings } from './settings/settings.ts'
import { createComputerHandlers } from './startup/handlers.ts'
import { createLoginStart, isStartedHidden } from './startup/login-item.ts'
import { holdCallShortcut } from './startup/shortcut.ts'
import { trayStateOf } from './tray/tray-state.ts'
import { createTray } from './tray/tray.ts'
import { createUpdatesHandlers } from './updates/handlers.ts'
import { createUpdates } from './updates/updates.ts'
import { createNotices } from './windows/notices.ts'
import { createWindowsHandlers } from './windows/handlers.ts'
import { createWindows, type AppWindows } from './windows/windows.ts'
import { createZoom } from './windows/zoom.ts'

export interface DesktopApp {
  /** Resolves when it runs, shown or beside the clock; at once when another instance already does. */
  start(): Promise<void>
}

export function createDesktopApp(ports: DesktopPorts): DesktopApp {
  return {
    async start() {
      if (!ports.lifecycle.claimSingleInstance()) {
        ports.lifecycle.quit()
        return
      }
      await ports.lifecycle.ready()

      const { userDataDir, rendererDir, platform } = ports.env
      const settings = openSettings(userDataDir, ports.log)
      const secrets = openSecrets(userDataDir, ports.encryption, ports.log)
      const language = (): Language => settings.read().language ?? chooseLanguage(ports.env.systemLanguages())

      const notices = createNotices({ ports, settings, language, windows: () => windows })
      const windows: AppWindows = createWindows({
        ...{ ports, settings, language },
        isSignedIn: () => office.state().link !== 'signedOut',
        onHidden: notices.stillHere,
      })
      const zoom = createZoom(settings, windows)
      const loginStart = createLoginStart(ports)
      const pairing = createPairing({
        ...{ ports, settings, secrets },
        tell(message) {
          windows.tell(message)
          void office.reconsider()
        },
        onLost: () => discovery.search(),
      })
      const discovery = createDiscovery({
        ...{ ports, settings },
        tell: (message) => windows.tell(message),
        onMoved: pairing.adopt,
      })
      ports.lifecycle.onQuitting(discovery.stop)
      const host = createHost({
        ...{ ports, settings },
        onState: (state) => windows.tell({ kind: 'host', state }),
      })
      ports.lifecycle.guardQuit(createQuitGuard({ ports, host, language }))
      const updates = createUpdates({
        ports,
        serverUrl: () => settings.read().serverUrl,
        onState: (state) => windows.tell({ kind: 'updates', state }),
        makeWay: host.makeWay,
      })
      const room = createAlertsRoom({
        ...{ ports, settings, secrets, windows, language },
        onServerNews: () => void updates.look(),
        onSignedOut: notices.signedOut,
        onUnkept: notices.diskFull,
        onEvent: (event) => phone.hear(event),
        onChange() {
          phone.follow()
          refreshMenus()
          if (office.state().link === 'offline') discovery.search()
        },
      })
      const { office, alerts, viewing } = room
      const phone = createPhoneRoom({
        ...{ ports, windows },
        office: () => office.state(),
        calls: async () =>
          (
            await office
              .transport()
              ?.trpc.calls.current.query()
              .catch(() => null)
          )?.items ?? null,
      })
      ports.lifecycle.onQuitting(phone.stop)
      const phoneHook = createPhoneHook({ ports, settings, language, report: room.reportCall })
      ports.lifecycle.onQuitting(phoneHook.stop)
      const tray = createTray({
        ...{ ports, windows, loginStart, language, now: office.now },
        state: () => trayStateOf(alerts.state(), alerts.title),
        act: alerts.act,
        setPresence: (state) => void office.setPresence(state),
      })
      secrets.onChanged(() => void office.reconsider())
      // The keychain may have been locked until now.
      ports.power.onUnlock(() => void office.reconsider())
      ports.lifecycle.onQuitting(room.stop)
      const menu = createAppMenu(ports, () => ({
        ...{ platform, language: language() },
        isSignedIn: office.state().link !== 'signedOut',
      }))
      const refreshMenus = (): void => {
        tray.refresh()
        menu.refresh()
      }

      ports.appProtocol.serve(
        createRendererFiles(rendererDir, () => contentSecurityPolicy(settings.read().serverUrl)),
      )
      const shortcut = holdCallShortcut({
        ports,
        settings,
        onPressed: () => windows.openCapture({}),
        onTaken: notices.shortcutTaken,
      })
      serveIpc(ports.ipc, {
        ...createIpcHandlers({ ports, pairing, settings, secrets, onLanguageChanged: refreshMenus }),
        ...createComputerHandlers({
          ...{ platform, settings, loginStart, shortcut, zoom },
          phoneLinks: createPhoneLinks(ports),
        }),
        ...createWindowsHandlers({ ports, windows }),
        ...createAlertsHandlers({ alerts, viewing, settings, platform }),
        ...createUpdatesHandlers(updates),
        ...createPairingHandlers(pairing, discovery),
        ...createHostHandlers({ host, pairing }),
        ...createPhoneHookHandlers(phoneHook),
      })
      ports.menu.onChoose(createMenuChooser(windows, zoom))
      ports.lifecycle.onSecondStart((argv) => {
        // A link says itself what it opens.
        const hasLink = argv.some((argument) => parseLink(argument) !== null)
        if (!isStartedHidden(argv) && !hasLink) windows.openMain()
      })
      // The program stays beside the clock, or in a Mac's dock; without a listener Electron would end it.
      ports.lifecycle.onAllWindowsClosed(() => undefined)
      ports.lifecycle.onActivate(() => void windows.openMain())
      openLinks(ports, windows)
      host.resume()
      phoneHook.resume()
      void pairing.checkKnown()
      void office.reconsider()
      void updates.look()
      if (isStartedHidden(ports.lifecycle.argv)) windows.prepareMain()
      else if (!windows.main()) windows.openMain()
    },
  }
}
