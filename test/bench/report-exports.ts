import type { ExportFormat } from '../../server/reports/export.contract.ts'
import type { Waits } from './agent.ts'
import { ms, table, verdict } from './table.ts'
import { waitsTable } from './report-waits.ts'

/** The server's resident memory when so many rows were written, and the most until then. */
export interface MemoryAt {
  rows: number
  mb: number
  peakMb: number
}

/** Times in milliseconds. */
export interface FileResult {
  format: ExportFormat
  rows: number
  octets: number
  /** From asking for it until it is done, and to fetch it then. */
  ms: number
  fetchMs: number
  beforeMb: number | null
  memory: MemoryAt[]
  peakMb: number
  agents: Waits
}

export interface ExportsResult {
  tickets: number
  calm: Waits
  files: FileResult[]
}

/** `growthMb`: from a quarter of the rows to all of them. */
const GOALS = { growthMb: 50, agentMs: 20 }

export function exportsReport({ tickets, calm, files }: ExportsResult): string {
  const seconds = (value: number) => (value / 1_000).toFixed(1)
  const whole = (value: number | null | undefined) => value?.toFixed(0) ?? '–'
  return [
    `export: ${tickets.toLocaleString('en')} tickets to a file`,
    '',
    table([
      [
        'format',
        'seconds',
        'rows/s',
        'file MB',
        'fetched in s',
        'MB before',
        'at 25 %',
        '50 %',
        '100 %',
        'peak',
        'growth',
      ],
      ...files.map(({ format, rows, octets, ms, fetchMs, beforeMb, memory, peakMb }) => [
        ...[format, seconds(ms), whole((rows * 1_000) / ms), whole(octets / 1_048_576), seconds(fetchMs)],
        ...[whole(beforeMb), ...[0, 1, 2].map((mark) => whole(memory[mark]?.mb)), whole(peakMb)],
        verdict((memory[2]?.mb ?? NaN) - (memory[0]?.mb ?? NaN), GOALS.growthMb, whole),
      ]),
    ]),
    '',
    waitsTable([
      ['calm', calm],
      ...files.map(({ format, agents }): [string, Waits] => [`while ${format} is written`, agents]),
    ]),
    '',
    ...files.map(
      ({ format, agents }) =>
        `agents' p95, ${format}`.padEnd(22) +
        verdict(Math.max(agents.reads.p95, agents.writes.p95), GOALS.agentMs, (value) => `${ms(value)} ms`),
    ),
  ].join('\n')
}
