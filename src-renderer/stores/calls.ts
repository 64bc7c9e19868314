import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { CallPop } from '../../server/phone/contract.ts'
import { toFailure } from '../api/errors.ts'
import { useApi } from '../api/provide.ts'
import { deskNow } from '../ui/use-now.ts'
import { nextLookMs, shownCalls, standingKey, withCall } from './call-state.ts'
import { useConnectionStore } from './connection.ts'
import { useOutboxStore } from './outbox.ts'
import { createPacer } from './pacer.ts'
import { useWorkspaceStore } from './workspace.ts'

const REFRESH_EVERY_MS = 250
/** So long after a wrap-up ran out it is gone for the server too. */
const AFTER_MS = 500
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * The telephone calls that are the reader's matter now: that ring, that they are in, or have to wrap up. A call is worth nothing a minute
 * later, so nothing is kept; events say when to look again.
 */
export const useCallsStore = defineStore('calls', () => {
  const { trpc } = useApi()
  const connection = useConnectionStore()
  const workspace = useWorkspaceStore()

  const known = shallowRef<readonly CallPop[]>([])
  const putAway = ref<ReadonlySet<string>>(new Set())
  const pacer = createPacer(REFRESH_EVERY_MS, refresh)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function refresh(): Promise<void> {
    await workspace.whenOpen()
    await connection.whenFollowing()
    try {
      const { items } = await trpc.calls.current.query()
      known.value = items
      lookAgain()
    } catch (error) {
      // Nobody can say how a call stands now; but what is being wrapped up is over, and may be half written.
      if (toFailure(error).kind === 'offline')
        known.value = known.value.filter(({ role }) => role === 'wrapUp')
    }
  }

  /** The end of a wrap-up is no event: the call is not among the current ones any more. */
  function lookAgain(): void {
    clearTimeout(timer)
    const ms = nextLookMs(known.value, deskNow())
    if (ms !== null) timer = setTimeout(pacer.ask, Math.min(ms + AFTER_MS, LONGEST_TIMER_MS))
  }

  /** Takes an answer of the server's for the call that it is about. */
  function learn(call: CallPop): void {
    known.value = withCall(known.value, call)
    pacer.ask()
  }

  function setAway(call: CallPop, isAway: boolean): void {
    const keys = new Set(putAway.value)
    if (isAway) keys.add(standingKey(call))
    else keys.delete(standingKey(call))
    putAway.value = keys
  }

  connection.onEvent(({ type }) => {
    if (type.startsWith('call.') || type === 'phone.options_changed') pacer.ask()
  })
  connection.onResync(refresh)
  connection.onBack(pacer.ask)
  useOutboxStore().onAnswer(({ procedure }, answer) => {
    if (procedure.startsWith('calls.')) learn(answer as CallPop)
  })
  workspace.onOpen(pacer.ask)
  workspace.onClose(() => {
    clearTimeout(timer)
    known.value = []
    putAway.value = new Set()
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    pacer.stop()
  })

  return {
    /** Those to be shown, what rings first. */
    shown: computed(() => shownCalls(known.value, putAway.value)),
    learn,
    /** Out of this reader's sight, until the call stands differently. */
    putAway: (call: CallPop): void => setAway(call, true),
    bringBack: (call: CallPop): void => setAway(call, false),
    /** Looks again, soon. */
    ask: pacer.ask,
  }
})
