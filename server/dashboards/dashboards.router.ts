import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { dashboardInput, dashboardRef, updateDashboardInput } from './contract.ts'

const own = permitted('views.own')

/** Changing what others see also takes `views.share`, which the service asks for. */
export const dashboardsRouter = router({
  list: permitted('tickets.read').query(({ ctx }) => ctx.services.dashboards.list(ctx.viewer)),
  create: own
    .input(dashboardInput)
    .mutation(once(({ ctx, input }) => ctx.services.dashboards.create(ctx.viewer, input))),
  update: own
    .input(updateDashboardInput)
    .mutation(once(({ ctx, input }) => ctx.services.dashboards.update(ctx.viewer, input))),
  remove: own
    .input(dashboardRef)
    .mutation(once(({ ctx, input }) => ctx.services.dashboards.remove(ctx.viewer, input.id))),
  restore: own
    .input(dashboardRef)
    .mutation(once(({ ctx, input }) => ctx.services.dashboards.restore(ctx.viewer, input.id))),
})
