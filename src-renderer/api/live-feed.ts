import type { LiveMessage } from '../../server/events/contract.ts'
import type { Feed } from './live.ts'
import type { Transport } from './transport.ts'

/**
 * The server's `live.events` as a feed. tRPC's link would open again by itself after a cut; here the first sign of one ends the
 * subscription, because `Live` alone decides when to try again.
 */
export const serverFeed =
  ({ trpc }: Pick<Transport, 'trpc'>): Feed =>
  (lastSeq, { onOpen, onMessage, onCut }) => {
    const subscription = trpc.live.events.subscribe(
      { lastEventId: String(lastSeq) },
      {
        onStarted: () => onOpen(),
        onData: (tracked: { id: string; data: LiveMessage }) => onMessage(tracked.data),
        onConnectionStateChange: ({ state, error }) => {
          // 40 s without even a ping arrives here too: the link's own watch over a connection that died in silence.
          if (state === 'connecting' && error) onCut(error)
        },
        onError: onCut,
        onComplete: () => onCut(new Error('the server ended the feed')),
      },
    )
    return () => subscription.unsubscribe()
  }
