/** The alerts of one computer on fake ports: a clock to turn, a system to play, a record of what a person would have seen. */
import type { AlertView } from '../../../server/alerts/contract.ts'
import type { AlertPreferences } from '../../../server/alerts/preferences.contract.ts'
import type { NotShownReason } from '../../../server/alerts/screens.contract.ts'
import { createAlerts } from '../../../src-main/alerts/alerts.ts'
import { alertSettings, type AlertSettings } from '../../../src-main/alerts/ipc.ts'
import type { OfficeState } from '../../../src-main/office/office.ts'
import type { BadgeModel } from '../../../src-main/ports.ts'
import { createAlertSystem } from '../../support/alert-system.ts'
import { ME, RAISED } from './alert-support.ts'

/** Timers fire in order while it is turned; what they start asynchronously is waited for. */
export function createFakeClock(start = RAISED) {
  let now = start
  const timers = new Set<{ at: number; act: () => void }>()
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve()
  }
  return {
    now: () => now,
    after(ms: number, act: () => void) {
      const timer = { at: now + ms, act }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    settle,
    /** Time passes, and nothing happens. */
    sleep: (ms: number) => void (now += ms),
    /** Somebody sets it: timers go by the time that has passed, and take no notice. */
    set(ms: number): void {
      now += ms
      for (const timer of timers) timer.at += ms
    },
    async advance(ms: number): Promise<void> {
      const until = now + ms
      await settle()
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)
        if (!next) break
        timers.delete(next)
        now = Math.max(now, next.at)
        next.act()
        await settle()
      }
      now = until
    },
  }
}

interface FakeWindow {
  isShown: boolean
  isFocused: boolean
  flashes: boolean
  cards: { id: string; title: string; calls: number }[]
  sounds: string[]
}

const aWindow = (): FakeWindow => ({
  isShown: false,
  isFocused: false,
  flashes: false,
  cards: [],
  sounds: [],
})

export function anAlertDesk(options: { settings?: Partial<AlertSettings>; hasMainWindow?: boolean } = {}) {
  const clock = createFakeClock()
  const { system, everShown, shown, press, click, ports } = createAlertSystem()
  const reported: { alertId: string; way: string; reason: NotShownReason | null }[] = []
  const blocked: (NotShownReason | null)[] = []
  const commands: { procedure: string; input: unknown }[] = []
  const opened: string[] = []
  const badges: BadgeModel[] = []
  const main = { ...aWindow(), isShown: options.hasMainWindow ?? false }
  const own = aWindow()
  let settings = { alerts: alertSettings.parse(options.settings ?? {}) }
  let focusedTicketId: string | null = null
  let serverAhead = 0
  const readListeners: ((ticketId: string) => void)[] = []
  let office: OfficeState = {
    link: 'live',
    offlineSince: null,
    me: { id: ME, name: 'Ana', teamIds: [], role: 'agent' },
    alerts: [],
    preferences: { cells: {}, quiet: null },
    presence: 'available',
  }

  const port = (window: FakeWindow) => ({
    isVisible: () => window.isShown,
    isFocused: () => window.isFocused,
    flash: (on: boolean) => void (window.flashes = on),
    showInactive: () => void (window.isShown = true),
    hide: () => void (window.isShown = false),
    send(message: { kind: string; cards?: FakeWindow['cards']; tone?: string }) {
      if (message.kind === 'alert-cards') window.cards = message.cards ?? []
      if (message.kind === 'sound') window.sounds.push(message.tone ?? '')
    },
  })

  const alerts = createAlerts({
    ports: {
      env: { platform: 'windows' } as never,
      clock,
      ...ports,
      badge: { show: (badge) => void badges.push(badge), bounce: () => undefined, calm: () => undefined },
    },
    windows: {
      openMain: (path = '/') => {
        opened.push(path)
        main.isShown = true
        return port(main) as never
      },
      main: () => (options.hasMainWindow ? (port(main) as never) : null),
      alertWindow: () => port(own) as never,
    },
    settings: {
      read: () => settings,
      note: (changes: object) => void (settings = { ...settings, ...changes }),
      update: (changes: object) => (settings = { ...settings, ...changes }),
    } as never,
    commands: { add: (procedure, input) => commands.push({ procedure, input }) > 0 },
    reports: {
      showing: (alertId, way, reason) => void reported.push({ alertId, way, reason }),
      blocked: (reason) => void blocked.push(reason),
      forget: () => undefined,
    },
    viewing: {
      shows: () => undefined,
      focusedTicket: () => focusedTicketId,
      onRead: (listener) => void readListeners.push(listener),
    },
    now: () => clock.now() + serverAhead,
    language: () => 'pt-BR',
    office: () => office,
    onChange: () => undefined,
  })

  return {
    alerts,
    clock,
    system,
    main,
    own,
    everShown,
    reported,
    blocked,
    commands,
    opened,
    badge: () => badges.at(-1),
    ...{ shown, press, click },
    prefer: (preferences: AlertPreferences) => void (office = { ...office, preferences }),
    choose(changes: Partial<AlertSettings>) {
      settings = { alerts: { ...settings.alerts, ...changes } }
      alerts.settingsChanged()
    },
    looksAt(ticketId: string | null) {
      focusedTicketId = ticketId
      if (ticketId !== null) readListeners.forEach((listener) => listener(ticketId))
    },
    /** This computer's clock is that far behind the server's. */
    isBehind: (ms: number) => void (serverAhead = ms),
    /** What the server says now. */
    async knows(open: readonly AlertView[], link: OfficeState['link'] = 'live'): Promise<void> {
      office = { ...office, alerts: open, link }
      alerts.follow()
      await clock.settle()
    },
    async signOut(): Promise<void> {
      office = { ...office, me: null, alerts: null, link: 'signedOut' }
      alerts.follow()
      await clock.settle()
    },
  }
}
