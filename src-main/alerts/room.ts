/** Puts this room together: the line to the office, the decisions, and what leaves for the server. */
import type { DeskEvent } from '../../server/events/contract.ts'
import type { OwnCallReport } from '../../server/phone/contract.ts'
import type { Language } from '../ipc/contract.ts'
import { createOffice, type Office } from '../office/office.ts'
import type { DesktopPorts } from '../ports.ts'
import type { Secrets } from '../settings/secrets.ts'
import type { SettingsFile } from '../settings/settings.ts'
import type { AppWindows } from '../windows/windows.ts'
import { createAlerts, type Alerts } from './alerts.ts'
import { createNews } from './news.ts'
import { createPendingCommands } from './pending-commands.ts'
import { createReports } from './reports.ts'
import { createViewing, type Viewing } from './viewing.ts'

export interface AlertsRoomDeps {
  readonly ports: Pick<
    DesktopPorts,
    'env' | 'clock' | 'notifier' | 'badge' | 'attention' | 'fetch' | 'power' | 'log'
  >
  readonly settings: SettingsFile
  readonly secrets: Pick<Secrets, 'get'>
  readonly windows: AppWindows
  language(): Language
  onChange(): void
  /** The server is there again, or speaks of new releases. */
  onServerNews(): void
  /** Something happened at the desk. */
  onEvent(event: DeskEvent): void
  /** The disk takes nothing of what waits for the server. */
  onUnkept(): void
  /** The session is no more, here or on the server. */
  onSignedOut(): void
}

export interface AlertsRoom {
  readonly office: Office
  readonly alerts: Alerts
  readonly viewing: Viewing
  /** What the person's own phone told; false when nobody is signed in. */
  reportCall(report: OwnCallReport): boolean
  stop(): void
}

export function createAlertsRoom(deps: AlertsRoomDeps): AlertsRoom {
  const { ports, settings, secrets, windows } = deps
  let wasLive = false
  let wasSignedIn = false
  let isStopped = false

  const office = createOffice({
    ports,
    serverUrl: () => settings.read().serverUrl,
    token: () => secrets.get('token'),
    onChange() {
      alerts.follow()
      const { link, me } = office.state()
      const isLive = link === 'live'
      remember(me?.id ?? null)
      if (isLive && me) void commands.flush()
      if (isLive && !wasLive) deps.onServerNews()
      wasLive = isLive
      const isSignedIn = link !== 'signedOut'
      if (wasSignedIn && !isSignedIn && !isStopped) deps.onSignedOut()
      wasSignedIn = isSignedIn
    },
    onEvent(event) {
      void news.hear(event)
      deps.onEvent(event)
      if (event.type === 'updates.changed') deps.onServerNews()
    },
  })
  /** Until the server was reached after a start it can't say who is signed in. */
  function remember(id: string | null): void {
    const { reporterId } = settings.read()
    const isGone = office.state().link === 'signedOut' && !isStopped
    const next = id ?? (isGone ? null : reporterId)
    if (next === reporterId) return
    settings.note({ reporterId: next })
  }

  const commands = createPendingCommands({
    folder: ports.env.userDataDir,
    clock: ports.clock,
    log: ports.log,
    visit() {
      const transport = office.transport()
      const { me } = office.state()
      return transport && me ? { agentId: me.id, transport } : null
    },
    owner: () => (office.state().link === 'signedOut' ? null : settings.read().reporterId),
    onUnkept: deps.onUnkept,
  })
  const viewing = createViewing(windows)
  const alerts = createAlerts({
    ...{ ports, windows, settings, commands, viewing },
    reports: createReports({ ports, settings, commands, now: office.now }),
    now: office.now,
    language: deps.language,
    office: () => office.state(),
    onChange: deps.onChange,
  })
  const news = createNews({
    office: () => office.state(),
    // What may not be read, or is gone, is no news.
    ticket: async (id) =>
      (await office
        .transport()
        ?.trpc.tickets.get.query({ id })
        .catch(() => null)) ?? null,
    now: office.now,
    tell: alerts.tell,
  })
  return {
    ...{ office, alerts, viewing },
    reportCall(report) {
      // What can go at once is of the moment that the server hears it; this computer's clock may be off.
      const at = office.state().link === 'live' ? report.at : (report.at ?? office.now())
      return commands.add('calls.report', { ...report, at })
    },
    stop() {
      isStopped = true
      alerts.stop()
      office.stop()
      commands.stop()
    },
  }
}
