import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { orderInput, rowRef } from '../catalog/contract.ts'
import { newPolicyInput, policyChangesInput } from './contract.ts'

const configure = permitted('desk.configure')

export const policiesRouter = router({
  list: permitted('desk.read').query(({ ctx }) => ctx.services.policies.list()),
  presets: permitted('desk.read').query(({ ctx }) => ctx.services.policies.presets()),
  create: configure
    .input(newPolicyInput)
    .mutation(once(({ ctx, input }) => ctx.services.policies.create(ctx.viewer, input))),
  update: configure
    .input(policyChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.policies.update(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.policies.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.policies.restore(ctx.viewer, input))),
  reorder: configure
    .input(orderInput)
    .mutation(once(({ ctx, input }) => ctx.services.policies.reorder(ctx.viewer, input))),
})
