/** Edits of a person's matrix of alerts. Pure: only what differs from the defaults is kept. */
import {
  channelsOf,
  defaultCells,
  noticeChannels,
  type AlertPreferences,
  type NoticeChannel,
  type NoticeKind,
  type NoticeScope,
} from '../../../../server/alerts/preferences.contract.ts'

/** Null: the cell isn't offered. */
export function isOn(
  preferences: AlertPreferences,
  kind: NoticeKind,
  scope: NoticeScope,
  channel: NoticeChannel,
): boolean | null {
  return channelsOf(preferences, kind, scope)?.includes(channel) ?? null
}

export function withChannel(
  preferences: AlertPreferences,
  kind: NoticeKind,
  scope: NoticeScope,
  channel: NoticeChannel,
  on: boolean,
): AlertPreferences {
  const offered = defaultCells[kind][scope]
  if (!offered) return preferences
  const before = channelsOf(preferences, kind, scope) ?? []
  const after = noticeChannels.filter((each) => (each === channel ? on : before.includes(each)))
  const isDefault = after.length === offered.length && after.every((each) => offered.includes(each))
  const ofKind = without(preferences.cells[kind] ?? {}, scope)
  const scopes = isDefault ? ofKind : { ...ofKind, [scope]: after }
  const others = without(preferences.cells, kind)
  return { ...preferences, cells: Object.keys(scopes).length > 0 ? { ...others, [kind]: scopes } : others }
}

export const hasChanges = ({ cells }: AlertPreferences): boolean => Object.keys(cells).length > 0

const without = <Kept extends object>(all: Kept, name: keyof Kept): Partial<Kept> =>
  Object.fromEntries(Object.entries(all).filter(([each]) => each !== name)) as Partial<Kept>
