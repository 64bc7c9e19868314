import { openProcedure, permitted, router } from '../api/trpc.ts'
import {
  acceptInvitationInput,
  byId,
  changePasswordInput,
  invitationInput,
  loginInput,
  updateProfileInput,
} from './contract.ts'
import { once } from '../api/once.ts'

export const authRouter = router({
  login: openProcedure.input(loginInput).mutation(({ ctx, input }) => ctx.services.auth.login(input, ctx)),
  logout: permitted('session.own').mutation(({ ctx }) =>
    ctx.services.auth.endSession(ctx.viewer, ctx.viewer.sessionId),
  ),
  me: permitted('session.own').query(({ ctx }) => ctx.services.auth.me(ctx.viewer)),
  updateProfile: permitted('session.own')
    .input(updateProfileInput)
    .mutation(once(({ ctx, input }) => ctx.services.agents.updateProfile(ctx.viewer, input))),
  changePassword: permitted('session.own')
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => ctx.services.auth.changePassword(ctx.viewer, input, ctx)),

  sessions: permitted('session.own').query(({ ctx }) => ctx.services.auth.sessions(ctx.viewer)),
  revokeSession: permitted('session.own')
    .input(byId)
    .mutation(({ ctx, input }) => ctx.services.auth.endSession(ctx.viewer, input.id)),
  revokeOthers: permitted('session.own').mutation(({ ctx }) =>
    ctx.services.auth.endOtherSessions(ctx.viewer),
  ),

  // A mutation although it only reads: a query's input stands in the URL, and so in logs.
  previewInvitation: openProcedure
    .input(invitationInput)
    .mutation(({ ctx, input }) => ctx.services.invitations.preview(input.token)),
  acceptInvitation: openProcedure
    .input(acceptInvitationInput)
    .mutation(({ ctx, input }) => ctx.services.invitations.accept(input, ctx)),
})
