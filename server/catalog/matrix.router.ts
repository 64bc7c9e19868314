import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { matrixInput } from './contract.ts'

export const matrixRouter = router({
  update: permitted('desk.configure')
    .input(matrixInput)
    .mutation(once(({ ctx, input }) => ctx.services.matrix.update(ctx.viewer, input))),
})
