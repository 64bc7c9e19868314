import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { byId, createTierInput, updateTierInput } from './contract.ts'

export const tiersRouter = router({
  list: permitted('desk.read').query(({ ctx }) => ctx.services.tiers.list()),
  create: permitted('desk.configure')
    .input(createTierInput)
    .mutation(once(({ ctx, input }) => ctx.services.tiers.create(ctx.viewer, input))),
  update: permitted('desk.configure')
    .input(updateTierInput)
    .mutation(once(({ ctx, input }) => ctx.services.tiers.update(ctx.viewer, input))),
  archive: permitted('desk.configure')
    .input(byId)
    .mutation(once(({ ctx, input }) => ctx.services.tiers.archive(ctx.viewer, input.id))),
  restore: permitted('desk.configure')
    .input(byId)
    .mutation(once(({ ctx, input }) => ctx.services.tiers.restore(ctx.viewer, input.id))),
})
