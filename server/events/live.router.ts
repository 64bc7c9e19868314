import { tracked } from '@trpc/server'
import { permitted, router } from '../api/trpc.ts'
import { liveInput } from './contract.ts'
import { followFor, livePermission } from './live.ts'

export const liveRouter = router({
  /** Everything that happens from now on, or from `lastEventId` on. Over HTTP `live.routes.ts` serves it in the same words. */
  events: permitted(livePermission)
    .input(liveInput)
    .subscription(async function* ({ ctx, input, signal }) {
      const untilGone = signal ?? new AbortController().signal
      for await (const message of followFor(ctx.services, ctx.viewer, input?.lastEventId ?? null, untilGone))
        yield tracked(String(message.seq), message)
    }),
})
