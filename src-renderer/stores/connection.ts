import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { Live, type LiveState } from '../api/live.ts'
import { serverFeed } from '../api/live-feed.ts'
import { useApi } from '../api/provide.ts'
import { createEventBus } from './event-bus.ts'
import { useOutboxStore } from './outbox.ts'

/** The live link to the server, and what it means for the person at the screen. */
export const useConnectionStore = defineStore('connection', () => {
  const api = useApi()
  const outbox = useOutboxStore()
  const bus = createEventBus()

  const state = ref<LiveState>('connecting')
  /** When the state began (UTC ms); while not live, since when the screen may be stale. */
  const since = ref(Date.now())
  const waitingWrites = computed(() => outbox.waiting.length)

  let live: Live | null = null
  let following: string | null = null
  /** Whether somebody is signed in, and whether nobody looks. */
  let isWanted = false
  let rests = false

  /** Follows the events that `whose` may hear. For the same one again it goes on where it stopped, missing nothing. */
  function start(whose: string): void {
    if (whose !== following) live = null
    following = whose
    isWanted = true
    live ??= new Live({
      feed: serverFeed(api),
      headSeq: async () => (await api.trpc.tickets.counts.query({})).seq,
      onEvent: bus.publish,
      onResync: bus.resync,
      onState: (newState, newSince) => {
        const isBack = newState === 'live' && state.value !== 'live'
        state.value = newState
        since.value = newSince
        if (!isBack) return
        outbox.nudge()
        bus.back()
      },
    })
    if (rests) return
    live.start()
    live.nudge()
  }

  function stop(): void {
    isWanted = false
    live?.stop()
  }

  /** Lets the link go while nobody can see the page. */
  function rest(): void {
    rests = true
    live?.stop()
  }

  /** Goes on where it rested, missing nothing. */
  function wake(): void {
    rests = false
    if (isWanted) live?.start()
  }

  return {
    state,
    since,
    waitingWrites,
    start,
    stop,
    rest,
    wake,
    /** Looks for the server now. `suspect`: even a link that looks alive may be dead. */
    nudge: (wake: { suspect: boolean }) => live?.nudge(wake),
    /** Wait for this before reading what live events will keep fresh; it never waits for a network. */
    whenFollowing: () => live?.whenFollowing ?? Promise.resolve(),
    /** Hears every live event, once and in order. */
    onEvent: bus.onEvent,
    /** The server answers again and nothing is missing: time for what failed meanwhile. */
    onBack: bus.onBack,
    /** The gap was too wide to replay: fetch afresh what is shown. */
    onResync: bus.onResync,
    /** Has everything shown fetched afresh. */
    resync: bus.resync,
  }
})
