import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { AlertView } from '../../server/alerts/contract.ts'
import type { Actor } from '../../server/events/contract.ts'
import { toFailure } from '../api/errors.ts'
import { useApi } from '../api/provide.ts'
import type { Command } from '../outbox/command.ts'
import { newId } from '../outbox/new-id.ts'
import { deskNow } from '../ui/use-now.ts'
import { createAlertReports, type AlertReport } from './alert-reports.ts'
import {
  byUrgency,
  newCalls,
  nextReturn,
  partOf,
  standingOf,
  withAlertEvent,
  withoutOvertaken,
  type AlertCall,
} from '../../server/alerts/standing.contract.ts'
import { expectedAlerts, readSingly } from './alert-state.ts'
import { useConnectionStore } from './connection.ts'
import { useOutboxStore } from './outbox.ts'
import { createPacer } from './pacer.ts'
import { useSessionStore } from './session.ts'
import { useWorkspaceStore } from './workspace.ts'

const CACHE_KEY = 'alerts'
const REFRESH_EVERY_MS = 400
/** As many as the server gives; whoever has more open alerts has another problem. */
const LIMIT = 200
/** More are read with everything: the server takes no longer list. */
const SINGLY_AT_MOST = 100

/**
 * The alerts that the reader was told of and nobody has acknowledged: kept true by events, quiet at once after one's own acts, and
 * known without a network. Whatever notifies (cards, sound, the desktop) follows `calling` and `onCall`.
 */
export const useAlertsStore = defineStore('alerts', () => {
  const api = useApi()
  const connection = useConnectionStore()
  const outbox = useOutboxStore()
  const session = useSessionStore()
  const workspace = useWorkspaceStore()

  const known = shallowRef<readonly AlertView[] | null>(null)
  const now = ref(deskNow())
  /** Grows with everything that a reading under way can't know of yet. */
  let generation = 0
  /** Which to read again; null: all. */
  let stale: ReadonlySet<string> | null = null
  let returnTimer: ReturnType<typeof setTimeout> | undefined
  /** The level at which each alert called last. */
  const heard = new Map<string, number>()
  const callHandlers = new Set<(calls: readonly AlertCall[]) => void>()
  const pacer = createPacer(REFRESH_EVERY_MS, refresh)
  const reports = createAlertReports((kind, ids) => api.send(`alerts.${kind}`, { ids }, newId()))

  const agentId = computed(() => session.agent?.id ?? null)
  const me = computed<Actor>(() => ({ type: 'agent', id: agentId.value, name: session.agent?.name ?? null }))

  /** Any alerts that a screen has read for itself, such as everybody's, with what is on its way laid over. */
  const expected = (alerts: readonly AlertView[]): AlertView[] =>
    expectedAlerts(alerts, outbox.queue, me.value)
  const standing = (alert: AlertView) => standingOf(alert, agentId.value, now.value)
  /** Until when the reader put an alert off; null when it is not quiet for that. */
  const snoozedUntil = (alert: AlertView): string | null =>
    standing(alert) === 'snoozed' ? (partOf(alert, agentId.value)?.snoozedUntil ?? null) : null

  const latest = computed(() => expected(known.value ?? []))
  const open = computed(() =>
    withoutOvertaken(latest.value)
      .filter(({ acknowledgedAt }) => acknowledgedAt === null)
      .sort(byUrgency),
  )
  const calling = computed(() => open.value.filter((alert) => standing(alert) === 'calling'))

  async function refresh(): Promise<void> {
    const { cache } = await workspace.whenOpen()
    known.value ??= await cache.get<AlertView[]>(CACHE_KEY)
    await connection.whenFollowing()
    const asked = generation
    if (known.value !== null && stale?.size === 0) return
    const ids = readSingly(known.value, stale, { limit: LIMIT, most: SINGLY_AT_MOST })
    stale = new Set()
    try {
      const only = ids === null ? {} : { ids }
      const page = await api.trpc.alerts.list.query({ scope: 'mine', state: 'open', limit: LIMIT, ...only })
      // Something happened meanwhile: what has just fallen silent must not speak up again for a moment.
      if (asked !== generation) return ask(ids)
      const others = ids === null ? [] : (known.value ?? []).filter(({ id }) => !ids.includes(id))
      known.value = [...others, ...page.items]
    } catch (error) {
      stale = null
      throw error
    }
    await cache.put(CACHE_KEY, known.value)
  }

  /** Looks again, soon: at these, or at all. */
  function ask(ids: readonly string[] | null = null): void {
    stale = ids === null || stale === null ? null : new Set([...stale, ...ids])
    pacer.ask()
  }

  function refreshAll(): Promise<void> {
    stale = null
    return refresh()
  }

  function change(next: (alert: AlertView) => AlertView): void {
    generation += 1
    known.value = known.value?.map(next) ?? null
  }

  /** Quiet for everybody from now on. */
  const acknowledge = async (id: string): Promise<void> =>
    dropWhenGone(await outbox.enqueue('alerts.acknowledge', { id }))

  /** Quiet for this reader for a while. */
  const snooze = async (id: string, minutes: number): Promise<void> =>
    dropWhenGone(await outbox.enqueue('alerts.snooze', { id, minutes }))

  /** An alert that is no more has fallen silent, which is all that was wanted. */
  function dropWhenGone(sent: { id: string; answer: Promise<unknown> }): void {
    const unattend = outbox.attend(sent.id)
    void sent.answer
      .catch((error: unknown) => toFailure(error).code === 'NOT_FOUND' && outbox.discard(sent.id))
      .finally(() => {
        unattend()
        ask()
      })
  }

  /** Our own write took effect: it stays in effect until the next reading says so too. */
  function onAnswer({ procedure }: Command, answer: unknown): void {
    if (procedure !== 'alerts.acknowledge' && procedure !== 'alerts.snooze') return
    const view = answer as AlertView
    change((alert) => (alert.id === view.id ? view : alert))
    ask([view.id])
  }

  /** Hears once of each alert that begins to call, those that call already included. Returns the function that stops it. */
  function onCall(handler: (calls: readonly AlertCall[]) => void): () => void {
    callHandlers.add(handler)
    if (calling.value.length > 0) handler(calling.value.map((alert) => ({ alert, why: 'new' })))
    return () => callHandlers.delete(handler)
  }

  watch(
    calling,
    (alerts, before) => {
      const calls = newCalls(heard, new Set(before.map(({ id }) => id)), alerts)
      for (const { id, level } of alerts) heard.set(id, level)
      if (calls.length > 0) for (const handler of callHandlers) handler(calls)
    },
    { flush: 'sync' },
  )

  /** Sets the clock to now, and itself for the moment that the next alert comes back. */
  function turnClock(): void {
    clearTimeout(returnTimer)
    now.value = deskNow()
    const at = nextReturn(open.value, agentId.value, now.value)
    if (at !== null) returnTimer = setTimeout(turnClock, at - now.value)
  }
  watch(open, turnClock, { immediate: true })

  connection.onEvent((event) => {
    const { type, ticketId, data } = event
    // Who goes or changes places leaves alerts to others, and may take away one's own.
    if (/^(agent|team)\./.test(type)) return ask()
    if (type.startsWith('alert.') && typeof data['alertId'] === 'string') {
      change((alert) => withAlertEvent(alert, event))
      ask([data['alertId']])
    }
    const ofTicket =
      ticketId === null ? [] : (known.value ?? []).filter((alert) => alert.ticketId === ticketId)
    if (ofTicket.length > 0) ask(ofTicket.map(({ id }) => id))
  })
  connection.onResync(refreshAll)
  connection.onBack(() => {
    ask()
    reports.again()
  })
  outbox.onAnswer(onAnswer)
  workspace.onOpen(() => ask())
  workspace.onClose(() => {
    known.value = null
    stale = null
    heard.clear()
    reports.clear()
  })
  onScopeDispose(() => {
    clearTimeout(returnTimer)
    pacer.stop()
    reports.stop()
  })

  return {
    /** Nobody's yet, the most urgent first; those put off included. */
    open,
    /** Those that want the reader now. */
    calling,
    /** All that is known, those included that have just been acknowledged. */
    latest,
    /** False until anything is known on this PC. */
    isKnown: computed(() => known.value !== null),
    expected,
    snoozedUntil,
    /** Whether the reader is one of those told, and so may put it off for themself. */
    isMine: ({ id }: AlertView): boolean => latest.value.some((alert) => alert.id === id),
    /** Looks again, soon. */
    ask: () => ask(),
    acknowledge,
    snooze,
    report: (kind: AlertReport, alerts: readonly AlertView[]) => reports.report(kind, alerts, agentId.value),
    onCall,
  }
})
