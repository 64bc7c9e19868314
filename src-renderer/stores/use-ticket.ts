import { computed, onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { Actor } from '../../server/events/contract.ts'
import type { Failure } from '../api/errors.ts'
import { useConnectionStore } from './connection.ts'
import { pendingMessages } from './expected.ts'
import { useOutboxStore } from './outbox.ts'
import { useSessionStore } from './session.ts'
import { useTicketsStore } from './tickets.ts'

/** One ticket with its conversation, kept fresh while it is shown. */
export function useTicket(id: MaybeRefOrGetter<string>) {
  const tickets = useTicketsStore()
  const connection = useConnectionStore()
  const outbox = useOutboxStore()
  const session = useSessionStore()

  const isLoading = ref(false)
  const failure = shallowRef<Failure | null>(null)
  let unwatch: () => void = () => undefined

  const ticket = computed(() => tickets.detail(toValue(id)))
  const commands = computed(() => outbox.about(toValue(id)))
  const author = computed<Actor>(() => ({
    type: 'agent',
    id: session.agent?.id ?? null,
    name: session.agent?.name ?? null,
  }))

  async function load(): Promise<void> {
    const asked = toValue(id)
    isLoading.value = true
    const outcome = await tickets.open(asked)
    if (toValue(id) !== asked) return
    isLoading.value = false
    failure.value = outcome
  }

  watch(
    () => toValue(id),
    (shown) => {
      unwatch()
      unwatch = tickets.watch(shown)
      failure.value = null
      void load()
    },
    { immediate: true },
  )
  connection.onBack(() => failure.value && void load())
  onScopeDispose(() => unwatch())

  return {
    /** What is known, at once; null until something is. */
    ticket,
    isLoading,
    /** Why it couldn't be read; `ticket` may still hold the last known state. */
    failure,
    /** It was seen here, and has gone where this agent may not look. */
    isGone: computed(() => tickets.gone.has(toValue(id))),
    /** Replies and notes that the server doesn't have yet. */
    pending: computed(() =>
      pendingMessages(toValue(id), commands.value, ticket.value?.messages ?? [], author.value),
    ),
    /** Changes that the server refused and that wait for their author, newest last. */
    refused: computed(() => commands.value.filter(({ state }) => state === 'refused')),
    /** Whether something about this ticket is still on its way. */
    isSaving: computed(() => commands.value.some(({ state }) => state !== 'refused')),
    reload: load,
  }
}
