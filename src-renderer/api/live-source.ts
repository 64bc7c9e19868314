import type { LiveScope, LiveSnapshot } from '../../server/dashboards/contract.ts'
import type { WatchListener } from './steady-watch.ts'
import type { Transport } from './transport.ts'

/** Where the numbers come from: the desk for whoever is signed in, or the link of a screen on the wall. */
export interface LiveSource {
  /** What is true now. */
  read: (scope: LiveScope, signal?: AbortSignal) => Promise<LiveSnapshot>
  /** Asked along with it before every attempt: throws when the source is no longer there. */
  check?: (signal: AbortSignal) => Promise<void>
  watch(scope: LiveScope, listener: WatchListener<LiveSnapshot>): () => void
}

/** tRPC's link would open again by itself after a cut; here the first sign of one ends the feed, because `SteadyWatch` decides alone. */
function callbacks({ onOpen, onData, onCut }: WatchListener<LiveSnapshot>) {
  return {
    onStarted: () => onOpen(),
    onData,
    onConnectionStateChange: ({ state, error }: { state: string; error?: unknown }) => {
      if (state === 'connecting' && error) onCut(error)
    },
    onError: onCut,
    // As a network's failure would be told: the server stops, or what the feed may show has changed.
    onComplete: () => onCut(new TypeError('the server ended the feed')),
  }
}

/** The numbers of whoever is signed in. */
export const deskSource = ({ trpc }: Pick<Transport, 'trpc'>): LiveSource => ({
  read: (scope, signal) => trpc.dashboard.live.query(scope, signal && { signal }),
  watch(scope, listener) {
    const subscription = trpc.dashboard.watch.subscribe(scope, callbacks(listener))
    return () => subscription.unsubscribe()
  },
})

/** Those of a screen on the wall, whose link `trpc` carries. `check` throws when the link is no longer good. */
export const wallSource = (
  { trpc }: Pick<Transport, 'trpc'>,
  check: (signal: AbortSignal) => Promise<void>,
): LiveSource => ({
  read: (scope, signal) => trpc.wall.live.query(scope, signal && { signal }),
  check,
  watch(scope, listener) {
    const subscription = trpc.wall.watch.subscribe(scope, callbacks(listener))
    return () => subscription.unsubscribe()
  },
})
