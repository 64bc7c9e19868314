import { tracked } from '@trpc/server'
import { permitted, router } from '../api/trpc.ts'
import { liveInput } from './contract.ts'
import { followEvents } from './feed.ts'

export const liveRouter = router({
  /**
   * Everything that happens from now on, or from `lastEventId` on when the client has been here before. It ends when the
   * session does or what the viewer may see has changed; the client comes back and is seen as it then is.
   */
  events: permitted('desk.read')
    .input(liveInput)
    .subscription(async function* ({ ctx, input, signal }) {
      const { store, hub, people, sessions, shutdown } = ctx.services
      await people.current()
      const ended = AbortSignal.any([
        shutdown.signal,
        sessions.endSignal(ctx.viewer),
        ...(signal ? [signal] : []),
      ])
      const lastSeq = input?.lastEventId ? Number(input.lastEventId) : null
      const feed = followEvents(
        { read: store.read, hub, agentName: (id) => people.agentName(id) },
        ctx.viewer,
        lastSeq,
        ended,
      )
      for await (const message of feed) yield tracked(String(message.seq), message)
    }),
})
