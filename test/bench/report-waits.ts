import type { Waits } from './agent.ts'
import { ms, table } from './table.ts'

/** What agents wait for, in milliseconds, in one situation after the other. */
export const waitsTable = (rows: [situation: string, waits: Waits][]): string =>
  table([
    ['agents', 'read p50', 'p95', 'max', 'write p50', 'p95', 'max'],
    ...rows.map(([situation, { reads, writes }]) => [
      situation,
      ...[reads.p50, reads.p95, reads.max, writes.p50, writes.p95, writes.max].map(ms),
    ]),
  ])
