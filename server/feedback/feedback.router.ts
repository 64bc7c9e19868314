import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { recordFeedbackInput, removeFeedbackInput, ticketFeedbackInput } from './contract.ts'

export const feedbackRouter = router({
  ofTicket: permitted('tickets.read')
    .input(ticketFeedbackInput)
    .query(({ ctx, input }) => ctx.services.feedback.ofTicket(ctx.viewer, input)),
  record: permitted('tickets.reply')
    .input(recordFeedbackInput)
    .mutation(once(({ ctx, input }) => ctx.services.feedback.record(ctx.viewer, input))),
  remove: permitted('tickets.reply')
    .input(removeFeedbackInput)
    .mutation(once(({ ctx, input }) => ctx.services.feedback.remove(ctx.viewer, input))),
})
