import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { setPresenceForInput, setPresenceInput } from './contract.ts'

export const presenceRouter = router({
  /** Everybody who was ever there; whoever is missing is offline. */
  list: permitted('people.read').query(({ ctx }) => ctx.services.presence.list()),
  set: permitted('session.own')
    .input(setPresenceInput)
    .mutation(once(({ ctx, input }) => ctx.services.presence.set(ctx.viewer, input.state))),
  setFor: permitted('desk.configure')
    .input(setPresenceForInput)
    .mutation(once(({ ctx, input }) => ctx.services.presence.setFor(ctx.viewer, input))),
})
