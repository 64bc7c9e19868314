import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { listDeliveriesInput, newWebhookInput, webhookChangesInput, webhookRef } from './contract.ts'

const manage = permitted('office.manage')

// What gives a secret is not wrapped in `once`, which would keep it in the store a second time: a retry of `create` is refused
// (the name is taken), one of `rotateSecret` makes another. Nor is `test`: it waits for the network, and `once` is a transaction.
export const webhooksRouter = router({
  list: permitted('desk.configure').query(({ ctx }) => ctx.services.webhooks.list(ctx.viewer)),
  create: manage
    .input(newWebhookInput)
    .mutation(({ ctx, input }) => ctx.services.webhooks.create(ctx.viewer, input)),
  update: manage
    .input(webhookChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.webhooks.update(ctx.viewer, input))),
  archive: manage
    .input(webhookRef)
    .mutation(once(({ ctx, input }) => ctx.services.webhooks.archive(ctx.viewer, input))),
  restore: manage
    .input(webhookRef)
    .mutation(once(({ ctx, input }) => ctx.services.webhooks.restore(ctx.viewer, input))),
  rotateSecret: manage
    .input(webhookRef)
    .mutation(({ ctx, input }) => ctx.services.webhooks.rotateSecret(ctx.viewer, input)),
  test: manage.input(webhookRef).mutation(({ ctx, input }) => ctx.services.webhookPing.send(input)),
  deliveries: manage
    .input(listDeliveriesInput)
    .query(({ ctx, input }) => ctx.services.deliveries.list(input)),
  retry: manage
    .input(webhookRef)
    .mutation(once(({ ctx, input }) => ctx.services.deliveries.retry(ctx.viewer, input))),
  retryAll: manage
    .input(webhookRef)
    .mutation(once(({ ctx, input }) => ctx.services.deliveries.retryAll(ctx.viewer, input))),
})
