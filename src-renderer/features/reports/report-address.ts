import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { groupings, type Grouping } from '../../../server/reports/contract.ts'
import { relativePeriods } from '../../../server/reports/period.contract.ts'
import { ticketFilterSchema, type TicketFilter } from '../../../server/tickets/filter.contract.ts'
import { isDay } from './office-days.ts'
import { FIRST_DAY, LAST_DAY, type Comparison, type Days, type PeriodChoice } from './period.ts'

/** Everything that makes a report what it is; all of it stands in the address, so that a link is a report. */
export interface ReportPlan {
  period: PeriodChoice
  comparison: Comparison
  /** Null for what the report shows when nothing else is asked for. */
  groupBy: Grouping | null
  filter: TicketFilter
  /** The figure that the chart draws; null for the leading one. */
  figure: string | null
  sort: Sort | null
  drill: Drill | null
}

export interface Sort {
  /** A figure's key, or `name`. */
  by: string
  descending: boolean
}

/** Which tickets stand in the panel. */
export interface Drill {
  /** Null for all tickets of the row. */
  column: string | null
  /** Undefined for all rows; null for the tickets without a group. */
  key: string | null | undefined
}

const SPAN = '..'
const EMPTY = ''
const REST = '-'

const isOneOf = <T extends string>(all: readonly T[], text: unknown): text is T =>
  all.some((each) => each === text)
const textOf = (value: LocationQuery[string] | undefined): string | null =>
  typeof value === 'string' ? value : null

/** Reads what the address asks for; what it does not understand it leaves at what is usual. */
export function planOf(query: LocationQuery): ReportPlan {
  const { p, vs, by, f, fig, sort, d, k } = query
  const drill = textOf(d)
  const key = textOf(k)
  return {
    period: isOneOf(relativePeriods, p) ? p : (spanOf(p) ?? 'last30'),
    comparison: vs === 'none' || vs === 'year' ? vs : (spanOf(vs) ?? 'before'),
    groupBy: isOneOf(groupings, by) ? by : null,
    filter: filterOf(textOf(f)),
    figure: textOf(fig),
    sort: sortOf(textOf(sort)),
    drill:
      drill === null
        ? null
        : { column: drill || null, key: key === null ? undefined : key === REST ? null : key },
  }
}

/** The address of a plan, in which what is usual is not said. */
export function queryOf({
  period,
  comparison,
  groupBy,
  filter,
  figure,
  sort,
  drill,
}: ReportPlan): LocationQueryRaw {
  return {
    ...(period !== 'last30' && { p: typeof period === 'string' ? period : spanText(period) }),
    ...(comparison !== 'before' && {
      vs: typeof comparison === 'string' ? comparison : spanText(comparison),
    }),
    ...(groupBy && { by: groupBy }),
    ...(Object.keys(filter).length > 0 && { f: JSON.stringify(filter) }),
    ...(figure && { fig: figure }),
    ...(sort && { sort: `${sort.descending ? '-' : ''}${sort.by}` }),
    ...(drill && { d: drill.column ?? EMPTY }),
    ...(drill && drill.key !== undefined && { k: drill.key ?? REST }),
  }
}

const spanText = ({ first, last }: Days): string => `${first}${SPAN}${last}`

function spanOf(value: LocationQuery[string] | undefined): Days | null {
  const [first, last] = (textOf(value) ?? '').split(SPAN)
  if (!isDay(first) || !isDay(last)) return null
  return FIRST_DAY <= first && first <= last && last <= LAST_DAY ? { first, last } : null
}

function filterOf(text: string | null): TicketFilter {
  if (!text) return {}
  try {
    return ticketFilterSchema.safeParse(JSON.parse(text)).data ?? {}
  } catch {
    return {}
  }
}

function sortOf(text: string | null): Sort | null {
  if (!text) return null
  return text.startsWith('-') ? { by: text.slice(1), descending: true } : { by: text, descending: false }
}
