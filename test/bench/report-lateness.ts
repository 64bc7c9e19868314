import type { Timing } from './measure.ts'
import { ms, table, verdict } from './table.ts'

/** From the alert's own time on the server, taken just before its commit, to the notification on a computer. Milliseconds. */
export interface Lateness {
  alerts: number
  late: Timing
  /** Later than a second. */
  over: number
  /** Never shown, or more than once. */
  lost: number
  doubled: number
}

export interface LatenessResult {
  clients: number
  calm: Lateness
  /** The first alert after the server was stopped and started again. */
  restarted: Lateness
}

const GOALS = { p99Ms: 1_000 }

export function latenessReport({ clients, calm, restarted }: LatenessResult): string {
  const row = (what: string, { late: { p50, p99, max }, over, lost, doubled }: Lateness) => [
    what,
    ...[p50, p99, max].map(ms),
    ...[over, lost, doubled].map(String),
  ]
  return [
    `lateness: urgent alerts for ${clients} computers each, ms`,
    '',
    table([
      ['what', 'p50', 'p99', 'max', 'over 1 s', 'lost', 'doubled'],
      row(`${calm.alerts} alerts, one after the other`, calm),
      row('after a restart of the server', restarted),
    ]),
    '',
    `commit to notification   ${verdict(calm.late.p99, GOALS.p99Ms, (value) => `${ms(value)} ms`)} at p99`,
  ].join('\n')
}
