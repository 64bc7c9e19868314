import { permitted, router } from '../api/trpc.ts'
import { liveScopeInput } from './contract.ts'
import { livePermission, watchFor } from './watch.ts'
import { scopeFor } from './scope.ts'

export const dashboardRouter = router({
  live: permitted(livePermission)
    .input(liveScopeInput.prefault({}))
    .query(({ ctx, input }) => ctx.services.liveDesk.snapshot(scopeFor(ctx.viewer, input))),
  /** What stands, pushed. Over HTTP `dashboards.routes.ts` serves it in the same words. */
  watch: permitted(livePermission)
    .input(liveScopeInput.prefault({}))
    .subscription(({ ctx, input, signal }) =>
      watchFor(ctx.services, ctx.viewer, input, signal ?? new AbortController().signal),
    ),
})
