import { z } from 'zod'
import { idSchema } from '../ids.ts'
import { localeSchema } from '../settings/contract.ts'
import { drillDownInput, runReportInput, type ReportName } from './contract.ts'

// exports.start    StartExport → ExportView     tickets.readAll   again with the same id: what there is
// exports.progress { id }      → ExportView     tickets.readAll   one's own
// exports.cancel   { id }      → ExportView     tickets.readAll   also throws a finished file away
// exports.list                 → ExportView[]   tickets.readAll   one's own, the newest first; a day long, or until the server restarts
// GET /exports/:id                              tickets.readAll   the file, once its state is `done`, with the session's token

export const exportFormats = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

const asked = {
  /** Made by the client, so that a retry starts nothing new. */
  id: idSchema,
  format: z.enum(exportFormats),
  /** Of the words in it, and of how a CSV is written; without, the office's. */
  locale: localeSchema.optional(),
}

export const startExportInput = z.discriminatedUnion('what', [
  /** The report as it is shown. */
  z.strictObject({ what: z.literal('table'), ...asked, question: runReportInput }),
  /** Every ticket behind it with its facts, or behind one of its figures. */
  z.strictObject({
    ...{ what: z.literal('tickets'), ...asked },
    question: drillDownInput.omit({ cursor: true, limit: true }),
  }),
])
export type StartExport = z.output<typeof startExportInput>

export const exportRef = z.strictObject({ id: idSchema })

export type ExportState = 'running' | 'done' | 'failed' | 'cancelled'

export interface ExportView {
  id: string
  what: StartExport['what']
  report: ReportName
  format: ExportFormat
  state: ExportState
  /** What it is saved as. */
  fileName: string
  rows: number
  /** How many there will be; null while that is not known. */
  total: number | null
  /** In octets, once it is done. */
  size: number | null
  startedAt: string
  /** When the server throws it away. */
  until: string
}
