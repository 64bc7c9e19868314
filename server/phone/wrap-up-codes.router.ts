import { orderInput, rowRef } from '../catalog/contract.ts'
import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { codeChangesInput, newCodeInput } from './contract.ts'
import { readCodes } from './wrap-up-codes.ts'

const configure = permitted('desk.configure')

export const wrapUpCodesRouter = router({
  list: permitted('desk.read').query(({ ctx }) => readCodes(ctx.services.store.read)),
  create: configure
    .input(newCodeInput)
    .mutation(once(({ ctx, input }) => ctx.services.wrapUpCodes.create(ctx.viewer, input))),
  update: configure
    .input(codeChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.wrapUpCodes.update(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.wrapUpCodes.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.wrapUpCodes.restore(ctx.viewer, input))),
  reorder: configure
    .input(orderInput)
    .mutation(once(({ ctx, input }) => ctx.services.wrapUpCodes.reorder(ctx.viewer, input))),
})
