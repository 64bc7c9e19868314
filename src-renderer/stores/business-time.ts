import { defineStore } from 'pinia'
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { OpenStretches } from '../../server/sla/calendar.contract.ts'
import { useApi } from '../api/provide.ts'
import { useNow } from '../ui/use-now.ts'
import { useConnectionStore } from './connection.ts'
import { createPacer } from './pacer.ts'
import { useWorkspaceStore } from './workspace.ts'

const CACHE_KEY = 'business-time'
/** The server tells of 60 days; fewer than this left and it is asked again. */
const ENOUGH_MS = 30 * 86_400_000
/** Calendars are edited in flurries. */
const AT_MOST_EVERY_MS = 1_000

/** When each calendar is open in the coming weeks: what remaining time is counted by, without asking the server. */
export const useBusinessTimeStore = defineStore('business-time', () => {
  const { trpc } = useApi()
  const connection = useConnectionStore()
  const workspace = useWorkspaceStore()
  const now = useNow()
  const stretches = shallowRef<OpenStretches | null>(null)
  const pacer = createPacer(AT_MOST_EVERY_MS, load)

  async function load(): Promise<void> {
    const { cache } = await workspace.whenOpen()
    stretches.value ??= await cache.get<OpenStretches>(CACHE_KEY)
    await connection.whenFollowing()
    stretches.value = await trpc.calendars.stretches.query()
    await cache.put(CACHE_KEY, stretches.value)
  }

  // A policy may have taken a calendar into use.
  connection.onEvent(({ type }) => /^(calendar|policy)\./.test(type) && pacer.ask())
  connection.onResync(load)
  connection.onBack(pacer.ask)
  workspace.onOpen(pacer.ask)
  workspace.onClose(() => (stretches.value = null))
  watch(
    () => stretches.value !== null && stretches.value.until - now.value < ENOUGH_MS,
    (runsOut) => runsOut && pacer.ask(),
  )
  onScopeDispose(pacer.stop)

  return { stretches, load }
})
