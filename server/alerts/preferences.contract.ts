/** What a person wants to be told of, how, and when: event × scope × channel, and quiet hours. */
import { z } from 'zod'

/** `promise…` to `desk` are alerts, which the desk raises; the others are happenings of tickets, told in passing. */
export const noticeKinds = [
  'promiseBreached',
  'promiseWarning',
  'rule',
  'reminder',
  'offer',
  'flood',
  'desk',
  'customerMessage',
  'note',
  'assigned',
  'newTicket',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** `mine`: the ticket is the person's. `team`: nobody's, or a colleague's, in a team of theirs. `all`: any other they may read. */
export const noticeScopes = ['mine', 'team', 'all'] as const
export type NoticeScope = (typeof noticeScopes)[number]

export const noticeChannels = ['notification', 'sound'] as const
export type NoticeChannel = (typeof noticeChannels)[number]

const both = ['notification', 'sound'] as const
const seen = ['notification'] as const
const none = [] as const

/** The cells that exist, with what a new person gets. A cell that is absent can't happen. */
export const defaultCells: Readonly<
  Record<NoticeKind, Partial<Record<NoticeScope, readonly NoticeChannel[]>>>
> = {
  promiseBreached: { mine: both, team: both, all: both },
  promiseWarning: { mine: both, team: seen, all: seen },
  rule: { mine: both, team: both, all: both },
  reminder: { mine: both },
  offer: { mine: both },
  flood: { team: seen, all: seen },
  desk: { all: seen },
  customerMessage: { mine: both, team: none, all: none },
  note: { mine: seen, team: none, all: none },
  assigned: { mine: both, team: none },
  newTicket: { team: seen, all: none },
}

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const quietHours = z.strictObject({
  /** Days on which the hours begin; 0 is Sunday. */
  days: z.array(z.int().min(0).max(6)).min(1).max(7),
  /** Local wall-clock time of the computer. `to` before or at `from` is on the next day. */
  from: time,
  to: time,
})
export type QuietHours = z.infer<typeof quietHours>

/** Only what differs from {@link defaultCells} need be there: kind → scope → channels. Urgent alerts come through whatever is said here. */
export const preferencesInput = z.strictObject({
  cells: z.partialRecord(
    z.enum(noticeKinds),
    z.partialRecord(z.enum(noticeScopes), z.array(z.enum(noticeChannels)).max(2)),
  ),
  quiet: quietHours.nullable(),
})
export type AlertPreferences = z.infer<typeof preferencesInput>

/** What holds for a cell, the person's word before the default's; undefined: there is no such cell. */
export function channelsOf(
  { cells }: Pick<AlertPreferences, 'cells'>,
  kind: NoticeKind,
  scope: NoticeScope,
): readonly NoticeChannel[] | undefined {
  const offered = defaultCells[kind][scope]
  return offered && (cells[kind]?.[scope] ?? offered)
}
