import { once } from '../../api/once.ts'
import { permitted, router } from '../../api/trpc.ts'
import {
  newSavedReportInput,
  savedReportRef,
  sendReportInput,
  updateSavedReportInput,
} from '../saved.contract.ts'

const mayRead = permitted('tickets.readAll')

export const savedReportsRouter = router({
  list: mayRead.query(({ ctx }) => ctx.services.savedReports.list(ctx.viewer)),
  create: mayRead
    .input(newSavedReportInput)
    .mutation(once(({ ctx, input }) => ctx.services.savedReports.create(ctx.viewer, input))),
  update: mayRead
    .input(updateSavedReportInput)
    .mutation(once(({ ctx, input }) => ctx.services.savedReports.update(ctx.viewer, input))),
  remove: mayRead
    .input(savedReportRef)
    .mutation(once(({ ctx, input }) => ctx.services.savedReports.remove(ctx.viewer, input))),
  restore: mayRead
    .input(savedReportRef)
    .mutation(once(({ ctx, input }) => ctx.services.savedReports.restore(ctx.viewer, input))),
  send: mayRead
    .input(sendReportInput)
    .mutation(once(({ ctx, input }) => ctx.services.savedReports.send(ctx.viewer, input))),
})
