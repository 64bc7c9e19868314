/** Alerts that can't be missed: hears of them, decides, shows, repeats, and says what became of each. */
import type { AlertView } from '../../server/alerts/contract.ts'
import type { NotShownReason } from '../../server/alerts/screens.contract.ts'
import { worstSeverity } from '../../server/alerts/standing.contract.ts'
import type { Language } from '../ipc/contract.ts'
import type { OfficeState } from '../office/office.ts'
import type { DesktopPorts } from '../ports.ts'
import type { SettingsFile } from '../settings/settings.ts'
import type { AppWindows } from '../windows/windows.ts'
import { createAlertNotifications } from './alert-notifications.ts'
import { createButton } from './button.ts'
import { createCards } from './cards.ts'
import { content, type Reader } from './content.ts'
import { blockedBy } from './decide.ts'
import { alertHappening, type Happening } from './happening.ts'
import type { AlertAct, AlertCard, AlertTestOutcome, Tone } from './ipc.ts'
import type { PendingCommands } from './pending-commands.ts'
import { createPressing } from './pressing.ts'
import type { Reports } from './reports.ts'
import { createStanding, snoozeEnd } from './standing.ts'
import type { AlertState } from './state.ts'
import { createSystemWatch } from './system-watch.ts'
import { createTelling } from './telling.ts'
import type { Viewing } from './viewing.ts'

export interface AlertsDeps {
  readonly ports: Pick<DesktopPorts, 'env' | 'clock' | 'notifier' | 'badge' | 'attention'>
  readonly windows: Pick<AppWindows, 'openMain' | 'main' | 'alertWindow'>
  readonly settings: SettingsFile
  readonly commands: Pick<PendingCommands, 'add'>
  readonly reports: Reports
  readonly viewing: Viewing
  /** UTC milliseconds by the server's clock; this computer's may be off by hours. */
  now(): number
  language(): Language
  office(): OfficeState
  /** {@link AlertState} changed. */
  onChange(): void
}

export interface Alerts {
  state(): AlertState
  /** What is known of the office has changed. */
  follow(): void
  /** Something happened to a ticket that the person may want to hear of. */
  tell(happening: Happening): void
  act(act: AlertAct): void
  putWindowAway(): void
  /** What the window of our own shows, the most urgent first. */
  cards(): readonly AlertCard[]
  /** In one line, in words that honour this computer's privacy level. */
  title(alert: AlertView): string
  test(severity: AlertView['severity']): Promise<AlertTestOutcome>
  /** This computer's settings of alerts have changed. */
  settingsChanged(): void
  stop(): void
}

export function createAlerts(deps: AlertsDeps): Alerts {
  const { ports, windows, settings, commands, reports, viewing } = deps
  const { clock } = ports
  const standing = createStanding()
  let calling: readonly AlertView[] = []
  /** Until the first look after a cut or a sleep: what calls then came while nobody could be told. */
  let isCatchingUp = true
  let cancelReturn: () => void = () => undefined

  const local = () => settings.read().alerts
  const agentId = (): string | null => deps.office().me?.id ?? null
  const reader = (): Reader => ({ language: deps.language(), privacy: local().privacy, now: deps.now() })

  const system = createSystemWatch({
    ports,
    onLooked(blocked, hasChanged) {
      if (deps.office().me) reports.blocked(blocked)
      if (hasChanged) deps.onChange()
    },
  })
  const pressing = createPressing(clock, (due) => {
    void tell(
      due.map((alert) => alertHappening(alert, 'repeat', agentId())),
      false,
    )
    cards.show(calling, true)
    button.call(due)
  })
  const cards = createCards({
    ...{ pressing, reports, reader, agentId },
    isWanted: () => local().ownWindow,
    window: () => windows.alertWindow(),
  })
  const button = createButton({
    ...{ ports, language: deps.language },
    window: () => windows.main(),
    mayFlash: () => local().flash,
  })
  const notifications = createAlertNotifications({
    ...{ ports, reader, open, act, concluded },
    openAll: () => void windows.openMain('/alerts'),
    openMain: () => void windows.openMain(),
  })
  const tell = createTelling({
    ...{ system, notifications, reports, viewing, sound, needWindow },
    settings: local,
    preferences: () => deps.office().preferences,
    now: deps.now,
    isCalling: (alertId) => calling.some(({ id }) => id === alertId),
  })

  function concluded(alerts: readonly AlertView[], reason: NotShownReason | null): void {
    for (const { id } of alerts) reports.showing(id, 'notification', reason)
    system.learn(reason)
    needWindow(reason === null ? [] : alerts.map(({ id }) => id))
  }

  function needWindow(alertIds: readonly string[]): void {
    alertIds.forEach((id) => pressing.giveWindow(id))
    cards.show(calling, alertIds.length > 0)
  }

  function sound(tone: Tone): void {
    const main = windows.main()
    const speaker = main?.isVisible() ? main : windows.alertWindow()
    speaker.send({ kind: 'sound', tone, volume: local().volume })
  }

  function open(ticketId: string | null, alert: AlertView | null): void {
    if (alert) commands.add('alerts.seen', { ids: [alert.id] })
    windows.openMain(ticketId === null ? '/alerts' : `/ticket/${ticketId}`)
  }

  function act(wanted: AlertAct): void {
    const { alertId } = wanted
    if (wanted.act === 'open') {
      const alert = calling.find(({ id }) => id === alertId) ?? null
      return open(alert?.ticketId ?? null, alert)
    }
    if (wanted.act === 'acknowledge') {
      standing.quiet(alertId, null)
      commands.add('alerts.acknowledge', { id: alertId })
    } else {
      standing.quiet(alertId, snoozeEnd(deps.now(), wanted.minutes))
      commands.add('alerts.snooze', { id: alertId, minutes: wanted.minutes })
    }
    follow()
  }

  function follow(): void {
    const { link, me, alerts } = deps.office()
    if (!me || !alerts) {
      if (link === 'signedOut') reset()
      return deps.onChange()
    }
    // While the server is away its last word stands, and nothing new can come.
    if (link !== 'live') isCatchingUp = true
    const now = deps.now()
    const change = standing.follow(alerts, me.id, now)
    calling = change.calling
    for (const alert of change.silenced) notifications.silence(alert, calling)
    pressing.follow(calling)
    cancelReturn()
    if (change.nextReturn !== null) cancelReturn = clock.after(Math.max(0, change.nextReturn - now), follow)
    if (change.calls.length > 0) {
      void tell(
        change.calls.map(({ alert, why }) => alertHappening(alert, why, me.id)),
        isCatchingUp,
      )
      button.call(change.calls.map(({ alert }) => alert))
    }
    if (link === 'live' && isCatchingUp) {
      isCatchingUp = false
      // The server learns of this computer even if nothing is to be shown on it today.
      void system.look()
    }
    showStanding()
    deps.onChange()
  }

  function showStanding(): void {
    cards.show(calling, false)
    button.show(calling, deps.office().link === 'offline')
  }

  function reset(): void {
    standing.forget()
    calling = []
    isCatchingUp = true
    reports.forget()
    notifications.clear()
    pressing.follow([])
    cancelReturn()
    showStanding()
  }

  viewing.onRead((ticketId) => notifications.read(ticketId))

  return {
    follow,
    act,
    tell: (happening) => void tell([happening], false),
    putWindowAway: () => cards.putAway(),
    cards: () => cards.current(),
    title(alert) {
      const { title, body } = content(alertHappening(alert, 'repeat', agentId()), reader())
      const [about = ''] = body.split('\n')
      return about === '' ? title : `${title} · ${about}`
    },
    settingsChanged: () => cards.show(calling, false),
    state() {
      const { link, offlineSince, presence } = deps.office()
      return {
        link,
        offlineSince,
        presence,
        calling,
        worst: worstSeverity(calling),
        blocked: system.blocked(),
      }
    },
    async test(severity) {
      const tone = local().sounds[severity]
      if (tone !== null) sound(tone)
      const played = tone === null ? 'off' : 'played'
      const hindrance = blockedBy(await system.look())
      const reason = hindrance ?? (await notifications.test(severity === 'urgent' ? 'critical' : 'normal'))
      return { notification: reason ?? 'shown', sound: played }
    },
    stop() {
      cancelReturn()
      pressing.stop()
      system.stop()
    },
  }
}
