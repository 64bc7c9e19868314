import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { newCategoryInput, orderInput, rowRef, categoryChangesInput } from './contract.ts'

const configure = permitted('desk.configure')

export const categoriesRouter = router({
  create: configure
    .input(newCategoryInput)
    .mutation(once(({ ctx, input }) => ctx.services.categories.create(ctx.viewer, input))),
  update: configure
    .input(categoryChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.categories.update(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.categories.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.categories.restore(ctx.viewer, input))),
  reorder: configure
    .input(orderInput)
    .mutation(once(({ ctx, input }) => ctx.services.categories.reorder(ctx.viewer, input))),
})
