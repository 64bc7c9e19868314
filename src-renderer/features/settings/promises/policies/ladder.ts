import type { Notify } from '../../../../../server/rules/action.contract.ts'
import type { LevelAction, Metric, NewLevel } from '../../../../../server/sla/contract.ts'
import { parseDuration } from './duration.ts'

/** Where on the clock a level stands: at a percentage of the target, before, at or after the deadline. */
export const momentKinds = ['percent', 'before', 'deadline', 'after'] as const
export type MomentKind = (typeof momentKinds)[number]

/** A level of escalation while it is edited. */
export interface LevelDraft {
  /** Tells the levels of one form apart. */
  key: string
  /** The desk's; null for a level that is new. */
  id: string | null
  metric: Metric
  moment: MomentKind
  /** As typed: a percentage, or a duration; idle at the deadline. */
  amount: string
  notify: Notify[]
  actions: LevelAction[]
}

type Moment = Pick<LevelDraft, 'moment' | 'amount'>
type WriteDuration = (minutes: number) => string

/** Opens a level for editing. `write` puts a duration as the form shows it. */
export function toLevelDraft(level: NewLevel, key: string, write: WriteDuration): LevelDraft {
  return {
    key,
    id: level.id ?? null,
    metric: level.metric,
    ...momentOf(level, write),
    notify: [...level.notify],
    actions: [...(level.actions ?? [])],
  }
}

function momentOf({ atPercent, offsetMinutes = 0 }: NewLevel, write: WriteDuration): Moment {
  if (atPercent !== undefined && atPercent !== 100) return { moment: 'percent', amount: String(atPercent) }
  if (atPercent === 100 || offsetMinutes === 0) return { moment: 'deadline', amount: '' }
  const amount = write(Math.abs(offsetMinutes))
  return { moment: offsetMinutes < 0 ? 'before' : 'after', amount }
}

/** A percentage as typed, with or without its sign; null when it is none. */
export function parsePercent(text: string): number | null {
  const number = Number(text.replace('%', '').replace(',', '.').trim() || Number.NaN)
  return Number.isFinite(number) && number > 0 && number <= 1_000 ? number : null
}

/** The level as the server takes it, or null while its moment can't be read. */
export function toLevel(draft: LevelDraft): NewLevel | null {
  const moment = readMoment(draft)
  if (!moment) return null
  const { id, metric, notify, actions } = draft
  return {
    ...(id === null ? {} : { id }),
    metric,
    ...moment,
    notify: [...notify],
    ...(actions.length > 0 ? { actions: [...actions] } : {}),
  }
}

type ReadMoment = { atPercent: number } | { offsetMinutes: number }

function readMoment({ moment, amount }: Moment): ReadMoment | null {
  if (moment === 'deadline') return { atPercent: 100 }
  if (moment === 'percent') {
    const atPercent = parsePercent(amount)
    return atPercent === null ? null : { atPercent }
  }
  const minutes = parseDuration(amount)
  if (minutes === null || minutes === 0) return null
  return { offsetMinutes: moment === 'before' ? -minutes : minutes }
}

/** Minutes from the deadline, negative before it, of a clock with this target. */
function fromDeadline(moment: ReadMoment, targetMinutes: number): number {
  return 'atPercent' in moment ? targetMinutes * (moment.atPercent / 100 - 1) : moment.offsetMinutes
}

/** A level's side of the deadline; one that can't be read yet stays where its kind says. */
export function sideOf({ moment, amount }: Moment): 'before' | 'deadline' | 'after' {
  if (moment !== 'percent') return moment
  const percent = parsePercent(amount) ?? 0
  return percent === 100 ? 'deadline' : percent < 100 ? 'before' : 'after'
}

/** What levels are put in order by where a policy promises nothing for their metric yet. */
const SOME_TARGET_MINUTES = 240

/**
 * The levels in the order in which they are reached under `targetMinutes`; those whose moment can't be read yet stand where they
 * were typed: at the end of their side.
 */
export function inOrder<Each extends Moment>(levels: readonly Each[], targetMinutes: number | null): Each[] {
  const target = targetMinutes ?? SOME_TARGET_MINUTES
  const place = (level: Each): number => {
    const moment = readMoment(level)
    if (moment) return fromDeadline(moment, target)
    const side = sideOf(level)
    return side === 'before' ? -0.001 : side === 'deadline' ? 0 : Number.MAX_SAFE_INTEGER
  }
  return levels
    .map((level, index) => ({ level, index, at: place(level) }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map(({ level }) => level)
}

/** Minutes after the start at which a level is reached under a target; null when that lies before the start. */
export function reachedAfter(level: Moment, targetMinutes: number): number | null {
  const moment = readMoment(level)
  const minutes = moment && targetMinutes + fromDeadline(moment, targetMinutes)
  return minutes !== null && minutes > 0 ? Math.round(minutes * 10) / 10 : null
}

/** How much later one climbs on, as a proposal. */
const spans = ['30 min', '1 h', '2 h', '4 h', '8 h'] as const

/** The next level that makes sense: a warning, the deadline, then ever later. */
export function newLevel(key: string, metric: Metric, existing: readonly LevelDraft[]): LevelDraft {
  const others = existing.filter((level) => level.metric === metric)
  const has = (side: 'before' | 'deadline') => others.some((level) => sideOf(level) === side)
  const isFree = (span: string) =>
    !others.some(({ moment, amount }) => moment === 'after' && parseDuration(amount) === parseDuration(span))
  const moment: Moment = !has('before')
    ? { moment: 'percent', amount: '80' }
    : has('deadline')
      ? { moment: 'after', amount: spans.find(isFree) ?? '' }
      : { moment: 'deadline', amount: '' }
  const notify: Notify[] = moment.moment === 'percent' ? ['agent'] : ['agent', 'supervisors']
  return { key, id: null, metric, ...moment, notify, actions: [] }
}
