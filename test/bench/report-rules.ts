import type { Waits } from './agent.ts'
import type { Timing } from './measure.ts'
import { ms, table, verdict } from './table.ts'

/** Times in milliseconds. */
export interface RulesResult {
  rules: number
  /** So many more act on every ticket in the end. */
  acting: number
  /** A ticket opened while nothing listens, while all rules are asked, and while some act besides. */
  create: { without: Timing; asked: Timing; acting: Timing }
  preview: { ms: number; tickets: number; events: number; total: number; before: Waits; during: Waits }
}

const GOALS = { addedMs: 2, previewMs: 10_000, blockedMs: 20 }

export function rulesReport({ rules, acting, create, preview }: RulesResult): string {
  const row = (what: string, { p50, p95, p99, max }: Timing) => [what, ...[p50, p95, p99, max].map(ms)]
  const { before, during } = preview
  const added = create.asked.p50 - create.without.p50
  const delayed = during.reads.p95 - before.reads.p95
  return [
    `rules: ${rules} of five conditions each, ms`,
    '',
    table([
      ['what', 'p50', 'p95', 'p99', 'max'],
      row('create, no rules', create.without),
      row(`create, ${rules} rules asked`, create.asked),
      row(`create, ${acting} more act`, create.acting),
      row('reads, calm', before.reads),
      row('reads, previewing', during.reads),
      row('writes, calm', before.writes),
      row('writes, previewing', during.writes),
    ]),
    '',
    `added to a create     ${verdict(added, GOALS.addedMs, (value) => `${ms(value)} ms`)} at the median`,
    `preview               ${preview.events.toLocaleString('en')} events in ${verdict(preview.ms, GOALS.previewMs, (value) => `${(value / 1_000).toFixed(1)} s`)}, ${preview.total.toLocaleString('en')} matches`,
    `delay of reads        ${verdict(delayed, GOALS.blockedMs, (value) => `${ms(value)} ms`)} at p95 while it runs`,
  ].join('\n')
}
