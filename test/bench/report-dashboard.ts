import type { Waits } from './agent.ts'
import type { Timing } from './measure.ts'
import { waitsTable } from './report-waits.ts'
import { ms, table, verdict } from './table.ts'

/** Times in milliseconds. */
export interface DashboardResult {
  tickets: number
  watchers: number
  /** The first answer that a server gives; that of one that has answered before, when nothing was written since, and when something was. */
  first: Timing
  again: Timing
  afterNews: Timing
  /** From opening the stream until the first figures, all watchers at once. */
  opened: Timing
  /** To each watcher. */
  pushesASecond: number
  agents: { calm: Waits; whileWatched: Waits }
}

const GOALS = { firstMs: 200, agentMs: 20 }

export function dashboardReport({ tickets, watchers, agents, ...times }: DashboardResult): string {
  const { calm, whileWatched } = agents
  const row = (what: string, { p50, p95, max }: Timing) => [
    what,
    ms(p50),
    ms(p95),
    verdict(max, GOALS.firstMs, ms),
  ]
  return [
    `dashboard: ${tickets.toLocaleString('en')} tickets, ms`,
    '',
    table([
      ['first figures', 'p50', 'p95', 'max'],
      row(`of ${times.first.samples} servers just started`, times.first),
      row('again, nothing new', times.again),
      row('again, after a reply', times.afterNews),
      row(`${watchers} that open at once`, times.opened),
    ]),
    '',
    waitsTable([
      ['calm', calm],
      [`with ${watchers} dashboards open`, whileWatched],
    ]),
    '',
    `pushed                ${times.pushesASecond.toFixed(2)} a second to each`,
    `agents' p95           ${verdict(Math.max(whileWatched.reads.p95, whileWatched.writes.p95), GOALS.agentMs, (value) => `${ms(value)} ms`)} with dashboards open`,
  ].join('\n')
}
