import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { PresenceState, PresenceView } from '../../server/routing/contract.ts'
import { useApi } from '../api/provide.ts'
import { newId } from '../outbox/new-id.ts'
import { useConnectionStore } from './connection.ts'
import { KnownPresence } from './known-presence.ts'
import { createPacer } from './pacer.ts'
import { useSessionStore } from './session.ts'
import { useWorkspaceStore } from './workspace.ts'

const REFRESH_EVERY_MS = 1_000

/** Who is there and takes tickets, kept true by events. How somebody is now is worth nothing later, so none of it is kept or waits. */
export const usePresenceStore = defineStore('presence', () => {
  const api = useApi()
  const connection = useConnectionStore()
  const session = useSessionStore()
  const workspace = useWorkspaceStore()

  const all = new KnownPresence()
  const known = shallowRef(all.views())
  const show = (): void => {
    known.value = all.views()
  }
  /** What the reader has just asked for, until the server has answered. */
  const asked = ref<PresenceState | null>(null)
  const pacer = createPacer(REFRESH_EVERY_MS, refresh)

  async function refresh(): Promise<void> {
    await workspace.whenOpen()
    await connection.whenFollowing()
    all.adopt(await api.trpc.presence.list.query())
    show()
  }

  const mine = computed<PresenceState>(() => {
    const view = session.agent ? known.value.get(session.agent.id) : undefined
    return asked.value ?? view?.chosen ?? 'available'
  })

  /** Says how the reader is. @throws what `toFailure` tells apart; then they are as before */
  async function set(state: PresenceState): Promise<void> {
    asked.value = state
    try {
      all.learn((await api.send('presence.set', { state }, newId())) as PresenceView)
      show()
    } finally {
      asked.value = null
    }
  }

  connection.onEvent(({ type, seq, data }) => {
    if (type !== 'presence.changed') return
    all.hear(data as unknown as PresenceView, seq)
    show()
  })
  connection.onResync(refresh)
  connection.onBack(pacer.ask)
  workspace.onOpen(pacer.ask)
  workspace.onClose(() => {
    all.clear()
    show()
  })
  onScopeDispose(pacer.stop)

  return {
    /** What the reader chose. */
    mine,
    /** As colleagues see somebody. */
    stateOf: (agentId: string): PresenceState => known.value.get(agentId)?.state ?? 'offline',
    set,
  }
})
