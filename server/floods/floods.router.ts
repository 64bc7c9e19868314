import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { floodOfTicketSchema, floodRefSchema } from './contract.ts'

const read = permitted('tickets.read')
const update = permitted('tickets.update')

export const floodsRouter = router({
  list: read.query(({ ctx }) => ctx.services.floods.list(ctx.viewer)),
  ofTicket: read
    .input(floodOfTicketSchema)
    .query(({ ctx, input }) => ctx.services.floods.ofTicket(ctx.viewer, input)),
  accept: update
    .input(floodRefSchema)
    .mutation(once(({ ctx, input }) => ctx.services.floods.accept(ctx.viewer, input))),
  dismiss: update
    .input(floodRefSchema)
    .mutation(once(({ ctx, input }) => ctx.services.floods.dismiss(ctx.viewer, input))),
  reopen: update
    .input(floodRefSchema)
    .mutation(once(({ ctx, input }) => ctx.services.floods.reopen(ctx.viewer, input))),
})
