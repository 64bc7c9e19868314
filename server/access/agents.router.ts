import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { byId, createAgentInput, inviteAgentInput, resetPasswordInput, updateAgentInput } from './contract.ts'

// What takes a password or gives a secret is not wrapped in `once`: that would keep the secret, or a fast hash of the
// password, in the store. A retry is refused instead (the e-mail is taken) or does the same again.
export const agentsRouter = router({
  list: permitted('people.read').query(({ ctx }) => ctx.services.agents.list()),
  create: permitted('people.manage')
    .input(createAgentInput)
    .mutation(({ ctx, input }) => ctx.services.agents.create(ctx.viewer, input)),
  update: permitted('people.manage')
    .input(updateAgentInput)
    .mutation(once(({ ctx, input }) => ctx.services.agents.update(ctx.viewer, input))),
  deactivate: permitted('people.manage')
    .input(byId)
    .mutation(once(({ ctx, input }) => ctx.services.agents.deactivate(ctx.viewer, input.id))),
  reactivate: permitted('people.manage')
    .input(byId)
    .mutation(once(({ ctx, input }) => ctx.services.agents.reactivate(ctx.viewer, input.id))),
  resetPassword: permitted('people.manage')
    .input(resetPasswordInput)
    .mutation(({ ctx, input }) => ctx.services.agents.resetPassword(ctx.viewer, input)),
  invite: permitted('people.manage')
    .input(inviteAgentInput)
    .mutation(({ ctx, input }) => ctx.services.invitations.invite(ctx.viewer, input)),
  renewInvitation: permitted('people.manage')
    .input(byId)
    .mutation(({ ctx, input }) => ctx.services.invitations.renew(ctx.viewer, input.id)),
})
