import { safeFileName } from '../../files/file-name.ts'
import type { ExportFormat } from '../export.contract.ts'
import { LocalTime } from './local-time.ts'

/** `Volume 2026-11-01 a 2026-11-30.xlsx`: what it is, and of which local days. */
export function fileNameOf(
  title: string,
  { format, question: { from, to } }: { format: ExportFormat; question: { from: string; to: string } },
  timezone: string,
): string {
  const local = new LocalTime(timezone)
  const day = (at: number) => new Date(local.wall(at)).toISOString().slice(0, 10)
  const first = day(Date.parse(from))
  // A period ends where the next begins.
  const last = day(Date.parse(to) - 1)
  // What parts folders parts only words here.
  const words = title.replace(/[/\\]/g, '-')
  return safeFileName(`${words} ${first === last ? first : `${first} – ${last}`}.${format}`)
}
