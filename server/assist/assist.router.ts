import { permitted, router } from '../api/trpc.ts'
import { suggestInput } from './contract.ts'

export const assistRouter = router({
  suggest: permitted('tickets.read')
    .input(suggestInput)
    .query(({ ctx, input }) => ctx.services.assist.suggest(ctx.viewer, input.ticketId)),
})
