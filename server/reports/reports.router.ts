import { permitted, router } from '../api/trpc.ts'
import { drillDownInput, runReportInput } from './contract.ts'

export const reportsRouter = router({
  catalog: permitted('tickets.readAll').query(({ ctx }) => ctx.services.reports.catalog()),
  run: permitted('tickets.readAll')
    .input(runReportInput)
    .query(({ ctx, input, signal }) => ctx.services.reports.run(ctx.viewer, input, signal)),
  /** The tickets behind one figure. */
  tickets: permitted('tickets.readAll')
    .input(drillDownInput)
    .query(({ ctx, input, signal }) => ctx.services.reports.tickets(ctx.viewer, input, signal)),
})
