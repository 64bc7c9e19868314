import type { Reader } from '../store/reader.ts'
import { cursorOf, groupsOf, untilNow } from './answer.ts'
import { isStepped } from './backlog.ts'
import { definitions } from './definitions.ts'
import type { Column, Period, Selected, Selection, Source } from './question.ts'
import { sourceSql } from './source-sql.ts'
import { isTime, WallClock } from './wall-clock.ts'

/** The tickets behind a figure: those with most of it first, then the newest. */
export function select(reader: Reader, selection: Selection): Selected {
  return reader.atOnce(() => {
    const found = new Map<number, number>()
    for (const [seq, value] of contributions(reader, selection)) {
      const known = found.get(seq)
      found.set(seq, known === undefined ? value : together(columnOf(selection), known, value))
    }
    const rows = [...found].sort(([seqA, a], [seqB, b]) => order(b) - order(a) || seqB - seqA)
    return {
      seqs: Float64Array.from(rows, ([seq]) => seq),
      values: Float64Array.from(rows, ([, value]) => value),
      seq: cursorOf(reader),
    }
  })
}

/** Without a value last. */
const order = (value: number) => (Number.isNaN(value) ? -Number.MAX_VALUE : value)

/** Without a column all tickets of the row; of a backlog those that are in it. */
function columnOf({ column, question: { report } }: Selection): Column | undefined {
  const wanted = column ?? (report === 'backlog' ? 'open' : undefined)
  return definitions[report].columns.find(({ key }) => key === wanted)
}

/** What adds up to the figure adds up to the ticket's own; of several durations or scores the highest is the ticket's. */
const together = (column: Column | undefined, a: number, b: number) =>
  column && 'added' in column.of && column.of.reduce === 'sum' ? a + b : Math.max(a, b)

function* contributions(reader: Reader, selection: Selection): Iterable<[seq: number, value: number]> {
  const { question, key } = selection
  const { groupBy, filter, report } = question
  const column = columnOf(selection)
  const added = column && 'added' in column.of ? column.of.added : undefined
  const clock = new WallClock(question.timezone)
  const groups = groupsOf(reader, question, clock)
  const period = periodOf(selection, clock)
  // A step of the backlog is a period of its own, at whose end it stands.
  const isWhole = key === undefined || (report === 'backlog' && isTime(groupBy))
  if (!period) return
  for (const source of definitions[report].sources) {
    if (added !== undefined && !(added in source.adds)) continue
    const { sql, named } = sourceSql(onlyAdding(source, added), { groupBy, filter, period, withTicket: true })
    for (const [group, seq, value] of reader.each(sql, named)) {
      if (typeof seq !== 'number') continue
      if (!isWhole && !groups(group ?? null).includes(key)) continue
      const own = column && added !== undefined ? valueOf(column, value ?? null) : NaN
      if (own !== null) yield [seq, own]
    }
  }
}

function periodOf({ question, key }: Selection, clock: WallClock): Period | null {
  const { report, groupBy, period, now } = question
  if (report !== 'backlog') return period
  if (key === undefined || !isTime(groupBy)) return untilNow(period, now)
  if (!isStepped(groupBy)) return null
  const steps = clock.stepsBetween(groupBy, period.from, period.to)
  const index = steps.findIndex((step) => step.key === key)
  const step = steps[index]
  const from = steps[index - 1]?.until ?? period.from
  return step && from <= now ? untilNow({ from, to: step.until }, now) : null
}

const onlyAdding = (source: Source, added: string | undefined): Source => ({
  ...source,
  adds: added === undefined ? {} : { [added]: source.adds[added] ?? 'NULL' },
})

/** The row's own value of the figure; null when the figure is not made of it. */
function valueOf({ kind, of }: Column, value: string | number | null): number | null {
  if (value === null || !('added' in of)) return null
  if (of.reduce === 'distinct') return NaN
  if (typeof value !== 'number') return null
  const isIn = kind === 'share' ? value === 1 : kind !== 'count' || value !== 0
  return isIn ? value : null
}
