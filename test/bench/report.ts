import type { Timing } from './measure.ts'
import { mark, ms, table, verdict } from './table.ts'

export interface OperationResult {
  name: string
  floor: Timing
  desk: Timing
  goalMs: number | null
  /** The desk's resident memory once it was done. */
  memoryMb: number | null
}

/** All that one run on one size of store found. Times in milliseconds, memory in MB. */
export interface SizeResult {
  tickets: number
  operations: OperationResult[]
  /** Creates a second from eight clients at once. */
  createsPerSecond: { floor: number; desk: number; goal: number }
  startMs: number
  memory: { idleMb: number | null; afterLoadMb: number | null; floorMb: number | null; goalMb: number }
}

const RATIO_AIM = 4

export function sizeReport(result: SizeResult): string {
  const { createsPerSecond: creates, memory } = result
  const rows = result.operations.map(({ name, floor, desk, goalMs, memoryMb }) => [
    name,
    ms(floor.p50),
    ms(desk.p50),
    ms(desk.p95),
    verdict(desk.p50 / floor.p50, RATIO_AIM, (ratio) => `${ratio.toFixed(1)}×`),
    goalMs === null ? '' : verdict(desk.p50, goalMs, () => ms(goalMs)),
    memoryMb === null ? '–' : memoryMb.toFixed(0),
  ])
  return [
    `${result.tickets.toLocaleString('en')} tickets, ${result.operations[0]?.desk.samples ?? 0} requests each, ms`,
    '',
    table([['operation', 'floor p50', 'balcão p50', 'p95', 'ratio', 'goal', 'MB after'], ...rows]),
    '',
    `creates/s, 8 clients   floor ${creates.floor.toFixed(0)}   balcão ${creates.desk.toFixed(0)}   goal ${creates.goal} ${mark(creates.desk >= creates.goal)}`,
    `start to listening     ${result.startMs.toFixed(0)} ms`,
    `memory (resident)      idle ${mb(memory.idleMb)}   after load ${mb(memory.afterLoadMb)}   floor ${mb(memory.floorMb)}   goal ${memory.goalMb} MB ${mark((memory.afterLoadMb ?? 0) <= memory.goalMb)}`,
    '',
    `ratio: aim ≤ ${RATIO_AIM} times the floor.  ✓ reached  ✗ missed`,
  ].join('\n')
}

/** Medians side by side, smallest store first; the last column is the growth from the smallest to the largest. */
export function growthReport(results: readonly SizeResult[]): string {
  const sizes = results.toSorted((a, b) => a.tickets - b.tickets)
  const [smallest, largest] = [sizes[0], sizes.at(-1)]
  if (!smallest || !largest) return ''
  const median = (size: SizeResult, name: string) =>
    size.operations.find((operation) => operation.name === name)?.desk.p50 ?? NaN
  return table([
    ['balcão p50, ms', ...sizes.map(({ tickets }) => tickets.toLocaleString('en')), 'growth'],
    ...smallest.operations.map(({ name }) => [
      name,
      ...sizes.map((size) => ms(median(size, name))),
      verdict(median(largest, name) / median(smallest, name), 2, (growth) => `${growth.toFixed(2)}×`),
    ]),
    ['memory after load, MB', ...sizes.map(({ memory }) => memory.afterLoadMb?.toFixed(0) ?? '–'), ''],
  ])
}

const mb = (value: number | null) => (value === null ? '–' : `${value.toFixed(0)} MB`)
