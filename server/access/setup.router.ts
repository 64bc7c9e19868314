import { openProcedure, router } from '../api/trpc.ts'
import { setupInput } from './contract.ts'

export const setupRouter = router({
  status: openProcedure.query(({ ctx }) => ctx.services.setup.status(ctx)),
  create: openProcedure.input(setupInput).mutation(({ ctx, input }) => ctx.services.setup.create(input, ctx)),
})
