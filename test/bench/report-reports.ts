import type { Grouping, ReportName } from '../../server/reports/contract.ts'
import type { Waits } from './agent.ts'
import { waitsTable } from './report-waits.ts'
import { ms, table, verdict } from './table.ts'

export interface ReportTime {
  report: ReportName
  groupBy: Grouping
  monthMs: number
  yearMs: number
}

/** Times in milliseconds. */
export interface ReportsResult {
  tickets: number
  events: number
  /** From the start of the process until all of history was folded. */
  foldMs: number
  times: ReportTime[]
  agents: { calm: Waits; whileFolding: Waits; whileReporting: Waits }
  memoryMb: number | null
}

const GOALS = { monthMs: 1_000, yearMs: 3_000, agentMs: 20 }

export function reportsReport({ tickets, events, foldMs, times, agents, memoryMb }: ReportsResult): string {
  const { calm, whileFolding, whileReporting } = agents
  const slowest = (waits: Waits) =>
    verdict(Math.max(waits.reads.p95, waits.writes.p95), GOALS.agentMs, (value) => `${ms(value)} ms`)
  return [
    `reports: ${tickets.toLocaleString('en')} tickets, ${events.toLocaleString('en')} events over three years, ms`,
    '',
    table([
      ['report', 'by', 'a month', 'a year'],
      ...times.map(({ report, groupBy, monthMs, yearMs }) => [
        report,
        groupBy,
        verdict(monthMs, GOALS.monthMs, ms),
        verdict(yearMs, GOALS.yearMs, ms),
      ]),
    ]),
    '',
    waitsTable([
      ['calm', calm],
      ['while history is folded', whileFolding],
      ['while reports run', whileReporting],
    ]),
    '',
    `history folded in     ${(foldMs / 1_000).toFixed(1)} s`,
    `agents' p95           ${slowest(whileFolding)} while history is folded, ${slowest(whileReporting)} while reports run`,
    `memory                ${memoryMb?.toFixed(0) ?? '–'} MB afterwards`,
  ].join('\n')
}
