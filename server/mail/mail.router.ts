import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { mailRef, outgoingInput, testMailInput, updateMailInput } from './contract.ts'

const manage = permitted('office.manage')

// `update` takes a secret and is not wrapped in `once`, which would keep a hash of it: putting the same settings twice changes nothing.
// Nor is `test`: it waits for the network, and `once` is a transaction.
export const mailRouter = router({
  settings: manage.query(({ ctx }) => ctx.services.mailSettings.get()),
  isReady: permitted('tickets.readAll').query(async ({ ctx }) => ({
    ready: await ctx.services.mailSettings.isReady(),
  })),
  update: manage
    .input(updateMailInput)
    .mutation(({ ctx, input }) => ctx.services.mailSettings.update(ctx.viewer, input)),
  test: manage.input(testMailInput).mutation(({ ctx, input }) => ctx.services.mailOutbox.test(input)),
  outgoing: manage.input(outgoingInput).query(({ ctx, input }) => ctx.services.mailOutbox.list(input)),
  retry: manage
    .input(mailRef)
    .mutation(once(({ ctx, input }) => ctx.services.mailOutbox.retry(ctx.viewer, input))),
  retryAll: manage.mutation(once(({ ctx }) => ctx.services.mailOutbox.retryAll(ctx.viewer))),
})
