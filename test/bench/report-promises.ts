import type { Timing } from './measure.ts'
import type { RecomputeResult } from './recompute.ts'
import { ms, table, verdict } from './table.ts'

/** Times in milliseconds. */
export interface PromisesResult {
  openTickets: number
  runningClocks: number
  /** From the start of the process to the answer of `/health`. */
  startMs: number
  /** From the deadline until a screen has heard of it, each by itself, and the server's processor time for one. */
  alone: { late: Timing; cpuMs: number | null }
  /** The same of many in one second. */
  together: { late: Timing; cpuMs: number | null }
  /** Of one processor. */
  idlePercent: number | null
  recompute: RecomputeResult
  preview: { saved: Timing; unsaved: Timing }
  memoryMb: number | null
}

const GOALS = { lateMs: 250, idlePercent: 1, previewMs: 5 }

export function promisesReport(result: PromisesResult): string {
  const { alone, together, recompute, preview, idlePercent } = result
  const row = (what: string, { p50, p95, p99, max }: Timing, goal = '') => [
    what,
    ...[p50, p95, p99, max].map(ms),
    goal,
  ]
  const within = (value: number, limit: number) => verdict(value, limit, () => `≤ ${limit}`)
  return [
    `promises: ${result.openTickets.toLocaleString('en')} open tickets, ${result.runningClocks.toLocaleString('en')} running clocks, ms`,
    '',
    table([
      ['what', 'p50', 'p95', 'p99', 'max', 'goal'],
      row('one falls due', alone.late, within(alone.late.p99, GOALS.lateMs)),
      row(`${together.late.samples.toLocaleString('en')} in one second`, together.late),
      row('reads, calm', recompute.before.reads),
      row('reads, recomputing', recompute.during.reads),
      row('writes, calm', recompute.before.writes),
      row('writes, recomputing', recompute.during.writes),
      row('preview, saved', preview.saved, within(preview.saved.p50, GOALS.previewMs)),
      row('preview, unsaved', preview.unsaved, within(preview.unsaved.p50, GOALS.previewMs)),
    ]),
    '',
    `start to /health       ${result.startMs.toFixed(0)} ms`,
    `one wake-up            ${cpu(alone.cpuMs)} of a processor alone, ${cpu(together.cpuMs)} among many`,
    `idle                   ${idlePercent === null ? '–' : `${verdict(idlePercent, GOALS.idlePercent, (share) => `${share.toFixed(2)} %`)} of a processor`}`,
    `recomputing            ${recompute.tickets.toLocaleString('en')} tickets in ${(recompute.ms / 1_000).toFixed(1)} s, ${(recompute.ms / recompute.tickets).toFixed(2)} ms each`,
    `memory (resident)      ${result.memoryMb?.toFixed(0) ?? '–'} MB after wake-ups and recomputing`,
  ].join('\n')
}

const cpu = (value: number | null) => (value === null ? '–' : `${ms(value)} ms`)
