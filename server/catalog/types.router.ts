import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { newTypeInput, orderInput, rowRef, typeChangesInput } from './contract.ts'

const configure = permitted('desk.configure')

export const typesRouter = router({
  create: configure
    .input(newTypeInput)
    .mutation(once(({ ctx, input }) => ctx.services.types.create(ctx.viewer, input))),
  update: configure
    .input(typeChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.types.update(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.types.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.types.restore(ctx.viewer, input))),
  reorder: configure
    .input(orderInput)
    .mutation(once(({ ctx, input }) => ctx.services.types.reorder(ctx.viewer, input))),
})
