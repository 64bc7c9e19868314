import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { alertIdInput, alertIdsInput, listAlertsInput, snoozeInput } from './contract.ts'

/** Whom an alert concerns decides the service. */
const concerned = permitted('tickets.read')

export const alertsRouter = router({
  list: concerned
    .input(listAlertsInput.prefault({}))
    .query(({ ctx, input }) => ctx.services.alerts.list(ctx.viewer, input)),
  delivered: concerned
    .input(alertIdsInput)
    .mutation(once(({ ctx, input }) => ctx.services.alerts.delivered(ctx.viewer, input.ids))),
  seen: concerned
    .input(alertIdsInput)
    .mutation(once(({ ctx, input }) => ctx.services.alerts.seen(ctx.viewer, input.ids))),
  acknowledge: concerned
    .input(alertIdInput)
    .mutation(once(({ ctx, input }) => ctx.services.alerts.acknowledge(ctx.viewer, input.id))),
  snooze: concerned
    .input(snoozeInput)
    .mutation(once(({ ctx, input }) => ctx.services.alerts.snooze(ctx.viewer, input))),
})
