import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { LiveScope, LiveSnapshot } from '../../server/dashboards/contract.ts'
import type { Failure } from '../api/errors.ts'
import { watchHiddenRest } from '../api/hidden-rest.ts'
import type { LiveSource } from '../api/live-source.ts'
import { SteadyWatch } from '../api/steady-watch.ts'
import { watchWakeUps } from '../api/wake-ups.ts'
import { deskNow } from '../ui/use-now.ts'
import { createPacer } from './pacer.ts'

/** Teams whose work is looked at; null for all that may be seen. */
export type Scope = readonly string[] | null

/** How true the numbers of one feed are; instants in UTC milliseconds by the server's clock. */
export interface Freshness {
  /** When they were last known to be true; null before the first. */
  trueAt: number | null
  /** When the link broke; null while it stands. */
  cutAt: number | null
}

/** Other teams' numbers are asked for after the watched ones have changed. */
const READ_EVERY_MS = 1_000

export const scopeKey = (scope: Scope): string => (scope === null ? '' : [...new Set(scope)].sort().join(','))

const inputOf = (scope: Scope): LiveScope => (scope === null ? {} : { teamIds: [...scope] })

/** Without repetitions. */
export const uniqueScopes = (scopes: readonly Scope[]): Scope[] => [
  ...new Map(scopes.map((scope) => [scopeKey(scope), scope])).values(),
]

/**
 * Numbers kept true while somebody looks. A browser has few connections to one server, so there is a single feed however many choices
 * of teams are shown: the only one is watched, or everything, and the others are read anew, in one request, when that tells of a change.
 */
export function useLiveBoard(source: LiveSource, scopes: Ref<readonly Scope[]>, isWanted: Ref<boolean>) {
  const snapshots = shallowRef<ReadonlyMap<string, LiveSnapshot>>(new Map())
  const states = shallowRef<ReadonlyMap<string, Freshness>>(new Map())
  const failure = shallowRef<Failure | null>(null)
  const feeds = new Map<string, SteadyWatch<LiveSnapshot>>()

  const watched = computed<Scope[]>(() => {
    if (!isWanted.value) return []
    const all = uniqueScopes(scopes.value)
    return all.length === 1 ? all : [null]
  })
  const others = computed(() => {
    const keys = watched.value.map(scopeKey)
    return isWanted.value ? uniqueScopes(scopes.value).filter((scope) => !keys.includes(scopeKey(scope))) : []
  })

  function tell(key: string, changes: Partial<Freshness>): void {
    const before = states.value.get(key) ?? { trueAt: null, cutAt: null }
    states.value = new Map(states.value).set(key, { ...before, ...changes })
  }

  const pacer = createPacer(READ_EVERY_MS, async () => {
    const known = await Promise.all(
      others.value.map(async (scope) => [scopeKey(scope), await source.read(inputOf(scope))] as const),
    )
    snapshots.value = new Map([...snapshots.value, ...known])
  })

  function feedFor(scope: Scope): SteadyWatch<LiveSnapshot> {
    const key = scopeKey(scope)
    return new SteadyWatch<LiveSnapshot>({
      async ask(signal) {
        const [snapshot] = await Promise.all([source.read(inputOf(scope), signal), source.check?.(signal)])
        return snapshot
      },
      open: (listener) => source.watch(inputOf(scope), listener),
      onData(snapshot) {
        failure.value = null
        tell(key, { trueAt: Date.parse(snapshot.at), cutAt: null })
        snapshots.value = new Map(snapshots.value).set(key, snapshot)
        if (others.value.length > 0) pacer.ask()
      },
      onAlive: () => tell(key, { trueAt: deskNow() }),
      onState(state) {
        // What was shown before a rest has been old since then; until the first answer it is as if the link had just broken.
        tell(key, { cutAt: state === 'live' ? null : (states.value.get(key)?.cutAt ?? deskNow()) })
      },
      onRefused: (refusal) => (failure.value = refusal),
    })
  }

  function stop(key: string): void {
    feeds.get(key)?.stop()
    feeds.delete(key)
    tell(key, { cutAt: null })
  }

  function follow(): void {
    const wanted = new Map(watched.value.map((scope) => [scopeKey(scope), scope]))
    for (const key of [...feeds.keys()]) if (!wanted.has(key)) stop(key)
    for (const [key, scope] of wanted) {
      if (feeds.has(key)) continue
      const feed = feedFor(scope)
      feeds.set(key, feed)
      feed.start()
    }
  }

  function rest(): void {
    for (const key of [...feeds.keys()]) stop(key)
  }

  /** After a refusal: from the beginning. */
  function retry(): void {
    failure.value = null
    rest()
    follow()
  }

  watch(() => watched.value.map(scopeKey).join(';') + isWanted.value, follow, { immediate: true })
  watch(others, (now) => now.length > 0 && pacer.ask())

  const onWake = (wake: { suspect: boolean }) => feeds.forEach((feed) => feed.nudge(wake))
  const stopWakeUps = watchWakeUps({ page: window, document, onWake })
  const stopResting = watchHiddenRest({ document, onRest: rest, onReturn: follow })
  onScopeDispose(() => {
    stopWakeUps()
    stopResting()
    pacer.stop()
    rest()
  })

  return {
    /** What is known of a choice of teams; undefined before the first answer. */
    snapshotOf: (scope: Scope): LiveSnapshot | undefined => snapshots.value.get(scopeKey(scope)),
    /** Of the feed that is worst off. */
    freshness: computed<Freshness>(() => {
      const all = watched.value.flatMap((scope) => states.value.get(scopeKey(scope)) ?? [])
      const oldest = (some: readonly Freshness[]) =>
        some.reduce<Freshness | null>(
          (worst, each) => (worst && (worst.trueAt ?? 0) <= (each.trueAt ?? 0) ? worst : each),
          null,
        )
      const cut = all.filter(({ cutAt }) => cutAt !== null)
      return oldest(cut.length > 0 ? cut : all) ?? { trueAt: null, cutAt: null }
    }),
    /** Why the server does not tell; only a refusal, for everything else heals by itself. */
    failure,
    retry,
  }
}
