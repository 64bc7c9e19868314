import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { ladderSettingsInput } from './ladder.contract.ts'
import { preferencesInput } from './preferences.contract.ts'
import { shownInput } from './screens.contract.ts'
import { alertIdInput, alertIdsInput, listAlertsInput, snoozeInput } from './contract.ts'

/** Whom an alert concerns decides the service. */
const concerned = permitted('tickets.read')
const configure = permitted('desk.configure')

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
  shown: concerned
    .input(shownInput)
    .mutation(once(({ ctx, input }) => ctx.services.screens.report(ctx.viewer, input))),
  acknowledge: concerned
    .input(alertIdInput)
    .mutation(once(({ ctx, input }) => ctx.services.alerts.acknowledge(ctx.viewer, input.id))),
  snooze: concerned
    .input(snoozeInput)
    .mutation(once(({ ctx, input }) => ctx.services.alerts.snooze(ctx.viewer, input))),
  preferences: concerned.query(({ ctx }) => ctx.services.preferences.get(ctx.viewer)),
  setPreferences: concerned
    .input(preferencesInput)
    .mutation(once(({ ctx, input }) => ctx.services.preferences.set(ctx.viewer, input))),
  ladder: configure.query(({ ctx }) => ctx.services.ladderOptions.get()),
  updateLadder: configure
    .input(ladderSettingsInput)
    .mutation(once(({ ctx, input }) => ctx.services.ladderOptions.update(ctx.viewer, input))),
})
