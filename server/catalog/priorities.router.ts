import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { newPriorityInput, orderInput, rowRef, priorityChangesInput } from './contract.ts'

const configure = permitted('desk.configure')

export const prioritiesRouter = router({
  create: configure
    .input(newPriorityInput)
    .mutation(once(({ ctx, input }) => ctx.services.priorities.create(ctx.viewer, input))),
  update: configure
    .input(priorityChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.priorities.update(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.priorities.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.priorities.restore(ctx.viewer, input))),
  reorder: configure
    .input(orderInput)
    .mutation(once(({ ctx, input }) => ctx.services.priorities.reorder(ctx.viewer, input))),
})
