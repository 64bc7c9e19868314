import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import {
  callRef,
  handleCallInput,
  linkCallInput,
  listCallsInput,
  ownCallReport,
  wrapUpInput,
} from './contract.ts'

const read = permitted('desk.read')

export const callsRouter = router({
  current: read.query(({ ctx }) => ctx.services.calls.current(ctx.viewer)),
  list: read.input(listCallsInput).query(({ ctx, input }) => ctx.services.calls.list(ctx.viewer, input)),
  missed: read.query(({ ctx }) => ctx.services.calls.missed(ctx.viewer)),
  get: read.input(callRef).query(({ ctx, input }) => ctx.services.calls.get(ctx.viewer, input)),
  report: permitted('tickets.create')
    .input(ownCallReport)
    .mutation(once(({ ctx, input }) => ctx.services.calls.report(ctx.viewer, input))),
  claim: permitted('tickets.create')
    .input(callRef)
    .mutation(once(({ ctx, input }) => ctx.services.calls.claim(ctx.viewer, input))),
  link: permitted('tickets.update')
    .input(linkCallInput)
    .mutation(once(({ ctx, input }) => ctx.services.calls.link(ctx.viewer, input))),
  wrapUp: permitted('tickets.reply')
    .input(wrapUpInput)
    .mutation(once(({ ctx, input }) => ctx.services.calls.wrapUp(ctx.viewer, input))),
  handle: permitted('tickets.reply')
    .input(handleCallInput)
    .mutation(once(({ ctx, input }) => ctx.services.calls.handle(ctx.viewer, input))),
})
