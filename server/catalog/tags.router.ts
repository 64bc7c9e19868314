import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { newTagInput, rowRef, tagChangesInput } from './contract.ts'

const configure = permitted('desk.configure')

export const tagsRouter = router({
  create: configure
    .input(newTagInput)
    .mutation(once(({ ctx, input }) => ctx.services.tags.create(ctx.viewer, input))),
  update: configure
    .input(tagChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.tags.update(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.tags.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.tags.restore(ctx.viewer, input))),
})
