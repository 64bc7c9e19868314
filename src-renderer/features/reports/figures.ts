import type { FigureColumn, Figures } from '../../../server/reports/contract.ts'
import type { ChartUnit } from '../../ui/charts/chart-data.ts'

type Measure = 'Median' | 'P90' | 'Average'

export interface FigureParts {
  /** What is measured: `firstResponse`, or the key itself of what is no duration's middle, ninth tenth or average. */
  base: string
  /** On the wall clock and not in business time. */
  isElapsed: boolean
  measure: Measure | null
}

/** Durations whose clock never rests, whatever their name says. */
const alwaysElapsed: ReadonlySet<string> = new Set(['age', 'talk', 'wrapUp', 'handlingTotal'])

/** Takes a figure's name apart: `firstResponseElapsedP90` is the P90 of `firstResponse` on the wall clock. */
export function figureParts({ key, kind }: Pick<FigureColumn, 'key' | 'kind'>): FigureParts {
  const found = kind === 'duration' ? /^(.+?)(Elapsed)?(Median|P90|Average)$/.exec(key) : null
  const base = found?.[1] ?? key
  return {
    base,
    isElapsed: found?.[2] !== undefined,
    measure: (found?.[3] as Measure | undefined) ?? null,
  }
}

export function unitOf(column: Pick<FigureColumn, 'key' | 'kind'>): ChartUnit {
  if (column.kind !== 'duration') return column.kind
  const { base, isElapsed } = figureParts(column)
  return isElapsed || alwaysElapsed.has(base) ? 'elapsed' : 'duration'
}

/** Figures that belong together: a duration's three, or one alone. */
export interface FigureGroup {
  /** `firstResponse`, `firstResponseElapsed`, `created`. */
  id: string
  base: string
  isElapsed: boolean
  columns: FigureColumn[]
}

export function figureGroups(columns: readonly FigureColumn[]): FigureGroup[] {
  const groups = new Map<string, FigureGroup>()
  for (const column of columns) {
    const { base, isElapsed } = figureParts(column)
    const id = isElapsed ? `${base}Elapsed` : base
    const group = groups.get(id)
    if (group) group.columns.push(column)
    else groups.set(id, { id, base, isElapsed, columns: [column] })
  }
  return [...groups.values()]
}

export interface Change {
  /** `share`: in relation to before; `points`: of a share, in hundredths; `amount`: in the figure's own unit. */
  as: 'share' | 'points' | 'amount'
  value: number
  tone: 'good' | 'bad' | 'neutral'
}

/**
 * How a figure changed from `before` to now; null where one of them is unknown. From nothing there is no share, so the amount is
 * said. What would be written as zero is no change.
 */
export function changeOf(
  { key, kind, better }: FigureColumn,
  now: Figures,
  before: Figures | null,
): Change | null {
  const [after, earlier] = [now[key], before?.[key]]
  if (after === null || after === undefined || earlier === null || earlier === undefined) return null
  const difference = after - earlier
  const tone =
    difference === 0 || better === null ? 'neutral' : difference > 0 === (better === 'more') ? 'good' : 'bad'
  if (kind === 'share') return quiet({ as: 'points', value: difference * 100, tone }, 0.05)
  if (kind === 'signed') return quiet({ as: 'amount', value: difference, tone }, 0.5)
  if (kind === 'score' || earlier <= 0) return quiet({ as: 'amount', value: difference, tone }, 0.005)
  return quiet({ as: 'share', value: difference / earlier, tone }, 0.005)
}

const quiet = (change: Change, least: number): Change =>
  Math.abs(change.value) < least ? { ...change, value: 0, tone: 'neutral' } : change
