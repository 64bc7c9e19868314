import { lineage } from '../conditions/row-names.ts'
import type { Reader } from '../store/reader.ts'
import { BacklogWalk, isStepped, withEnds } from './backlog.ts'
import type { Figures, Grouping } from './contract.ts'
import { definitions } from './definitions.ts'
import type { Answer, AnsweredRow, Period, Question } from './question.ts'
import { sourceSql } from './source-sql.ts'
import { bucketsOf, Tally } from './tally.ts'
import { isRecurring, isTime, WallClock } from './wall-clock.ts'

/** Answers a question from the facts, as they are in one moment. */
export function answer(reader: Reader, question: Question): Answer {
  return reader.atOnce(() => {
    const { compareTo, period } = question
    const now = figuresIn(reader, question, period)
    const before = compareTo && figuresIn(reader, question, compareTo)
    const rows = isTime(question.groupBy)
      ? inOrder(now, before, isRecurring(question.groupBy))
      : ranked(now, before, question)
    const kept = isTime(question.groupBy) ? rows : rows.slice(0, question.limit)
    return {
      rows: kept,
      total: { key: null, figures: now.total, before: before?.total ?? null },
      distribution: now.distribution,
      leftOut: rows.length - kept.length,
      seq: cursorOf(reader),
    }
  })
}

/** The last event that the facts know of. */
export const cursorOf = (reader: Reader): number =>
  reader.all<{ seq: number }>('SELECT seq FROM report_cursor')()[0]?.seq ?? 0

interface InPeriod {
  rows: Map<string | null, Figures>
  total: Figures
  distribution: Answer['distribution']
  /** Of a group that has no row. */
  nothing: Figures
}

function figuresIn(reader: Reader, question: Question, period: Period): InPeriod {
  const { columns, distribution, sources } = definitions[question.report]
  const { groupBy, filter, report } = question
  const clock = new WallClock(question.timezone)
  const tally = new Tally(columns)
  const keys = groupsOf(reader, question, clock)
  const walk = report === 'backlog' && isStepped(groupBy) ? new BacklogWalk() : null
  const asked = report === 'backlog' ? untilNow(period, question.now) : period
  for (const source of sources) {
    const { sql, named, names } = sourceSql(walk ? withEnds(source) : source, {
      ...{ groupBy, filter, period: asked, withTicket: false },
    })
    // Behind the group and the ticket.
    const add = tally.adding(names, 2)
    for (const values of reader.each(sql, named)) {
      walk?.take(values)
      add(walk ? [] : keys(values[0] ?? null), values)
    }
  }
  return {
    rows:
      walk && isStepped(groupBy)
        ? walk.figures(clock.stepsBetween(groupBy, period.from, period.to), period.from, question.now)
        : rowsOf(question, period, clock, tally),
    total: tally.total(),
    distribution: distribution === null ? null : bucketsOf(tally.samples(distribution), distribution),
    nothing: new Tally(columns).total(),
  }
}

function rowsOf({ groupBy }: Question, { from, to }: Period, clock: WallClock, tally: Tally) {
  const keys = isTime(groupBy) ? clock.keysBetween(groupBy, from, to) : tally.keys
  return new Map(keys.map((key) => [key, tally.figures(key)]))
}

/** A backlog stands at an instant, and the last one that can be known is this one. */
export const untilNow = ({ from, to }: Period, now: number): Period => ({ from, to: Math.min(to, now + 1) })

/** Tells the groups that a row counts in, by what stands in its first place. */
export function groupsOf(
  reader: Reader,
  { groupBy }: Pick<Question, 'groupBy'>,
  clock: WallClock,
): (value: string | number | null) => readonly (string | null)[] {
  if (isTime(groupBy)) return (at) => (typeof at === 'number' ? [clock.keyOf(groupBy, at)] : [])
  const split = splitterOf(reader, groupBy)
  // A million rows have a handful of groups.
  const known = new Map<string | number | null, readonly (string | null)[]>([[null, [null]]])
  return (value) => {
    let groups = known.get(value)
    if (!groups) known.set(value, (groups = split(String(value))))
    return groups
  }
}

/** A ticket has several tags, and belongs to its category and to all above it, as in conditions. */
function splitterOf(reader: Reader, groupBy: Grouping): (value: string) => string[] {
  if (groupBy === 'tag') return (tags) => tags.split(',')
  if (groupBy !== 'category') return (id) => [id]
  const rows = reader.all<{ id: string; parentId: string | null }>('SELECT id, parentId FROM category')()
  const categories = new Map(rows.map((row) => [row.id, row]))
  return (id) => lineage(id, categories)
}

/** Times stand one after the other; those that come again beside the same of the other time, days beside the day in the same place. */
function inOrder(now: InPeriod, before: InPeriod | null, isSame: boolean): AnsweredRow[] {
  const others = before ? [...before.rows.values()] : []
  return [...now.rows].map(([key, figures], index) => ({
    ...{ key, figures },
    before: (isSame ? before?.rows.get(key) : others[index]) ?? null,
  }))
}

/** The most first. Groups that only the other time knows come with nothing of their own. */
function ranked(now: InPeriod, before: InPeriod | null, { report }: Question): AnsweredRow[] {
  const { leading } = definitions[report]
  const keys = new Set([...now.rows.keys(), ...(before?.rows.keys() ?? [])])
  const rows = [...keys].map((key) => ({
    key,
    figures: now.rows.get(key) ?? now.nothing,
    before: before?.rows.get(key) ?? null,
  }))
  const rankOf = ({ figures }: AnsweredRow) => figures[leading] ?? -Infinity
  return rows.sort((a, b) => compare(rankOf(b), rankOf(a)) || compare(a.key ?? '', b.key ?? ''))
}

const compare = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0)
