import { permitted, router } from '../../api/trpc.ts'
import { exportRef, startExportInput } from '../export.contract.ts'

const mayRead = permitted('tickets.readAll')

// Not wrapped in `once`: nothing is written to the store, and each has an id of its own, under which a retry starts nothing new.
export const exportsRouter = router({
  start: mayRead
    .input(startExportInput)
    .mutation(({ ctx, input }) => ctx.services.exports.start(ctx.viewer, input)),
  progress: mayRead
    .input(exportRef)
    .query(({ ctx, input }) => ctx.services.exports.progress(ctx.viewer, input)),
  cancel: mayRead
    .input(exportRef)
    .mutation(({ ctx, input }) => ctx.services.exports.cancel(ctx.viewer, input)),
  list: mayRead.query(({ ctx }) => ctx.services.exports.list(ctx.viewer)),
})
