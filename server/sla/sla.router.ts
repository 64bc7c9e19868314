import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { attainmentInput, explainInput, slaSettingsInput } from './contract.ts'
import { policiesRouter } from './policies.router.ts'

export const slaRouter = router({
  policies: policiesRouter,
  /** Why a ticket's promise is due when it is. */
  explain: permitted('tickets.read')
    .input(explainInput)
    .query(({ ctx, input }) => ctx.services.sla.explain(ctx.viewer, input)),
  /** How far running promises have been reckoned anew after a change of calendars or policies. */
  progress: permitted('desk.read').query(({ ctx }) => ctx.services.recompute.progress()),
  settings: permitted('desk.read').query(({ ctx }) => ctx.services.slaOptions.get()),
  updateSettings: permitted('desk.configure')
    .input(slaSettingsInput)
    .mutation(once(({ ctx, input }) => ctx.services.slaOptions.update(ctx.viewer, input))),
  attainment: permitted('tickets.readAll')
    .input(attainmentInput)
    .query(({ ctx, input }) => ctx.services.sla.attainment(input)),
})
