import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { createReminderInput, listRemindersInput, reminderIdInput } from './contract.ts'

/** Which reminders somebody may see decides the service. */
export const remindersRouter = router({
  create: permitted('tickets.update')
    .input(createReminderInput)
    .mutation(once(({ ctx, input }) => ctx.services.reminders.create(ctx.viewer, input))),
  list: permitted('tickets.read')
    .input(listRemindersInput.prefault({}))
    .query(({ ctx, input }) => ctx.services.reminders.list(ctx.viewer, input)),
  cancel: permitted('tickets.update')
    .input(reminderIdInput)
    .mutation(once(({ ctx, input }) => ctx.services.reminders.cancel(ctx.viewer, input))),
  restore: permitted('tickets.update')
    .input(reminderIdInput)
    .mutation(once(({ ctx, input }) => ctx.services.reminders.restore(ctx.viewer, input))),
})
