import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { routingSettingsInput, ticketIdInput, updateProfileInput } from './contract.ts'
import { waitingViews } from './queue-view.ts'

const configure = permitted('desk.configure')
const work = permitted('tickets.update')

export const routingRouter = router({
  profiles: configure.query(({ ctx }) => ctx.services.routingProfiles.list()),
  updateProfile: configure
    .input(updateProfileInput)
    .mutation(once(({ ctx, input }) => ctx.services.routingProfiles.update(ctx.viewer, input))),
  settings: configure.query(({ ctx }) => ctx.services.routingOptions.get()),
  updateSettings: configure
    .input(routingSettingsInput)
    .mutation(once(({ ctx, input }) => ctx.services.routingOptions.update(ctx.viewer, input))),
  queue: permitted('tickets.readAll').query(({ ctx }) => waitingViews(ctx.services)),
  next: work.mutation(once(({ ctx }) => ctx.services.serving.next(ctx.viewer))),
  claim: work
    .input(ticketIdInput)
    .mutation(once(({ ctx, input }) => ctx.services.serving.claim(ctx.viewer, input.ticketId))),
  accept: work
    .input(ticketIdInput)
    .mutation(once(({ ctx, input }) => ctx.services.routing.accept(ctx.viewer, input.ticketId))),
  refuse: work
    .input(ticketIdInput)
    .mutation(once(({ ctx, input }) => ctx.services.routing.refuse(ctx.viewer, input.ticketId))),
})
