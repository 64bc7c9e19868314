import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { newStatusInput, orderInput, rowRef, statusChangesInput } from './contract.ts'

const configure = permitted('desk.configure')

export const statusesRouter = router({
  create: configure
    .input(newStatusInput)
    .mutation(once(({ ctx, input }) => ctx.services.statuses.create(ctx.viewer, input))),
  update: configure
    .input(statusChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.statuses.update(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.statuses.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.statuses.restore(ctx.viewer, input))),
  reorder: configure
    .input(orderInput)
    .mutation(once(({ ctx, input }) => ctx.services.statuses.reorder(ctx.viewer, input))),
})
