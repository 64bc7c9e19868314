import type { Viewer } from '../../access/viewer.ts'
import type { Report, RunReport } from '../contract.ts'
import type { StreamTickets, TicketStream } from '../ticket-stream.contract.ts'

/** Who answers what is asked for; the reports' own service. */
export interface ReportSource {
  run(viewer: Viewer, question: RunReport, signal?: AbortSignal): Promise<Report>
  stream(viewer: Viewer, question: StreamTickets, signal?: AbortSignal): Promise<TicketStream>
}
