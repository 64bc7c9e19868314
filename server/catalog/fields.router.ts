import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { newFieldInput, orderInput, rowRef, fieldChangesInput } from './contract.ts'

const configure = permitted('desk.configure')

export const fieldsRouter = router({
  create: configure
    .input(newFieldInput)
    .mutation(once(({ ctx, input }) => ctx.services.fields.create(ctx.viewer, input))),
  update: configure
    .input(fieldChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.fields.update(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.fields.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.fields.restore(ctx.viewer, input))),
  reorder: configure
    .input(orderInput)
    .mutation(once(({ ctx, input }) => ctx.services.fields.reorder(ctx.viewer, input))),
})
