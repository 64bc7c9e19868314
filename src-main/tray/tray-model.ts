/** What the tray shows, from what is known. Pure. */
import type { Severity } from '../../server/alerts/contract.ts'
import type { PresenceState } from '../../server/routing/contract.ts'
import type { Language } from '../ipc/contract.ts'
import type { TrayEntry, TrayIcon, TrayModel } from './model.ts'
import { trayWords, type TrayWords } from './words.ts'

export interface TrayAlert {
  readonly id: string
  readonly ticketId: string | null
  readonly severity: Severity
  /** In words that already honour this computer's privacy level. */
  readonly title: string
  /** UTC milliseconds. */
  readonly raisedAt: number
}

export interface TrayState {
  readonly link: 'signedOut' | 'connecting' | 'live' | 'offline'
  /** When the server stopped answering; null while it does. */
  readonly offlineSince: number | null
  /** Those that nobody has in hand and that aren't put off, the most urgent first. */
  readonly alerts: readonly TrayAlert[]
  /** Null while it isn't known. */
  readonly presence: PresenceState | null
  /** Null where the program can't start at log-in: it runs from its source folder. */
  readonly startsAtLogin: boolean | null
}

/** A menu that is longer is read by nobody; the rest is one click away. */
const ALERTS_IN_MENU = 7
const TITLE_LENGTH = 56
export const SNOOZE_MINUTES = 15
/** What a tray offers; the other states are set in the program. */
const offeredPresence = ['available', 'busy', 'away'] as const satisfies readonly PresenceState[]

export type TrayChoice =
  | {
      readonly act: 'openAlert' | 'acknowledge' | 'snooze'
      readonly alertId: string
    }
  | { readonly act: 'presence'; readonly state: (typeof offeredPresence)[number] }
  | { readonly act: 'open' | 'allAlerts' | 'newCall' | 'toggleLogin' | 'quit' }

/** `now`: UTC milliseconds. */
export function trayModel(state: TrayState, language: Language, now: number): TrayModel {
  const words = trayWords[language]
  const alerts = state.link === 'signedOut' ? [] : state.alerts
  return {
    icon: iconOf(state, alerts),
    count: alerts.length,
    tooltip: tooltip(state, alerts, words, now),
    entries: inGroups([
      [{ id: 'open', label: words.open }],
      state.link === 'signedOut' ? [] : alertEntries(alerts, words, now),
      state.link === 'signedOut' ? [] : deskEntries(state, words),
      state.startsAtLogin === null
        ? []
        : [{ id: 'toggleLogin', label: words.startAtLogin, isChecked: state.startsAtLogin }],
      [{ id: 'quit', label: words.quit }],
    ]),
  }
}

/** What an entry's id stands for; null for headings and for what is long gone. */
export function trayChoice(id: string): TrayChoice | null {
  const [what, detail] = id.split(':')
  switch (what) {
    case 'openAlert':
    case 'acknowledge':
    case 'snooze':
      return detail ? { act: what, alertId: detail } : null
    case 'presence': {
      const state = offeredPresence.find((offered) => offered === detail)
      return state ? { act: 'presence', state } : null
    }
    case 'open':
    case 'allAlerts':
    case 'newCall':
    case 'toggleLogin':
    case 'quit':
      return { act: what }
    default:
      return null
  }
}

/** An alert that is known of outranks a link that is down: it is still true, and somebody waits. */
function iconOf(state: TrayState, alerts: readonly TrayAlert[]): TrayIcon {
  if (state.link === 'signedOut') return 'signedOut'
  if (state.link === 'offline') return 'offline'
  return worst(alerts) ?? 'quiet'
}

function worst(alerts: readonly TrayAlert[]): Severity | null {
  for (const severity of ['urgent', 'warning', 'info'] as const) {
    if (alerts.some((alert) => alert.severity === severity)) return severity
  }
  return null
}

function tooltip(
  { link, offlineSince }: TrayState,
  alerts: readonly TrayAlert[],
  words: TrayWords,
  now: number,
): string {
  if (link === 'signedOut') return `Balcão · ${words.signedOut}`
  const parts: string[] = []
  if (link === 'offline') {
    parts.push(offlineSince === null ? words.offline : words.offlineFor(words.ago(now - offlineSince)))
  }
  const severity = worst(alerts)
  if (severity) {
    const count = alerts.filter((alert) => alert.severity === severity).length
    parts.push(words.count(severity, count))
    const oldest = Math.min(...alerts.map(({ raisedAt }) => raisedAt))
    parts.push(words.oldest(words.ago(now - oldest)))
  } else if (link !== 'offline') parts.push(words.nothing)
  // Windows cuts a tooltip at 127 characters; ours stay far below.
  return ['Balcão', ...parts].join(' · ')
}

function alertEntries(alerts: readonly TrayAlert[], words: TrayWords, now: number): TrayEntry[] {
  const shown = alerts.slice(0, ALERTS_IN_MENU).map((alert) => alertEntry(alert, words, now))
  const all = { id: 'allAlerts', label: words.allAlerts(alerts.length) }
  return [...shown, all]
}

function alertEntry(alert: TrayAlert, words: TrayWords, now: number): TrayEntry {
  const title = alert.title.length > TITLE_LENGTH ? `${alert.title.slice(0, TITLE_LENGTH - 1)}…` : alert.title
  return {
    id: `alert:${alert.id}`,
    label: plain(`${words.mark[alert.severity]} ${title} · ${words.ago(now - alert.raisedAt)}`),
    entries: [
      { id: `openAlert:${alert.id}`, label: alert.ticketId === null ? words.openAlerts : words.openTicket },
      { id: `acknowledge:${alert.id}`, label: words.acknowledge },
      { id: `snooze:${alert.id}`, label: words.snooze(SNOOZE_MINUTES) },
    ],
  }
}

function deskEntries({ presence }: TrayState, words: TrayWords): TrayEntry[] {
  return [
    { id: 'newCall', label: words.newCall },
    ...(presence === null
      ? []
      : [
          {
            id: 'presence',
            label: words.presence(words.presenceState[presence]),
            entries: offeredPresence.map((offered) => ({
              id: `presence:${offered}`,
              label: words.presenceState[offered],
              isChecked: offered === presence,
            })),
          },
        ]),
  ]
}

/** Systems take a single `&` for the mark of a shortcut key. */
function plain(label: string): string {
  return label.replaceAll('&', '&&')
}

function inGroups(groups: readonly (readonly TrayEntry[])[]): readonly TrayEntry[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : ['separator' as const, ...group]))
}
