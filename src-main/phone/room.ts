/** Hears of calls and lets the capture window come by itself while the person works in another program. */
import type { DeskEvent } from '../../server/events/contract.ts'
import type { CallEventData } from '../../server/phone/contract.ts'
import type { OfficeState } from '../office/office.ts'
import { createPace } from '../office/pace.ts'
import type { Clock, DesktopWindow } from '../ports.ts'
import type { AppWindows } from '../windows/windows.ts'
import { decidePop, type PopCall } from './pop.ts'

export interface PhoneRoomDeps {
  readonly ports: { readonly clock: Clock }
  readonly windows: Pick<AppWindows, 'main' | 'capture' | 'popCapture'>
  office(): Pick<OfficeState, 'link' | 'me'>
  /** The calls that the server shows to this person; null when nobody answers. */
  calls(): Promise<readonly PopCall[] | null>
}

export interface PhoneRoom {
  hear(event: DeskEvent): void
  /** What is known of the office has changed. */
  follow(): void
  stop(): void
}

/** Several events of one call are read once. */
const READ_EVERY_MS = 400
const TOLD_KEPT = 50

export function createPhoneRoom({ ports, windows, office, calls }: PhoneRoomDeps): PhoneRoom {
  let told = new Set<string>()
  let standing: { readonly callId: string; readonly window: DesktopWindow } | null = null
  const followed = new WeakSet<DesktopWindow>()
  let wasLive = false
  /** Grows with every look, for the server may answer a former one later than the latest. */
  let looks = 0
  const pace = createPace(ports.clock, READ_EVERY_MS, () => void look())

  async function look(): Promise<void> {
    looks += 1
    const mine = looks
    const current = await calls()
    if (current === null || mine !== looks || office().me === null) return
    const { closes, shows, ...decided } = decidePop({
      calls: current,
      standing: standing?.callId ?? null,
      told,
      isCaptureOpen: windows.capture() !== null,
      isDeskInFront: windows.main()?.isFocused() ?? false,
    })
    told = new Set([...told, ...decided.told].slice(-TOLD_KEPT))
    if (shows) pop(shows)
    else if (closes) putAway()
  }

  function pop({ id, number }: PopCall): void {
    const window = windows.popCapture({ phone: number, callId: id })
    standing = { callId: id, window }
    if (followed.has(window)) return
    followed.add(window)
    // Nobody can type or click in a window without having come to it.
    window.onFocusChanged((isFocused) => {
      if (isFocused && standing?.window === window) standing = null
    })
    window.onClosed(() => {
      if (standing?.window === window) standing = null
      // Another call may have found no room.
      if (office().me) pace.ask()
    })
  }

  function putAway(): void {
    standing?.window.close()
    standing = null
  }

  return {
    hear({ type, data }) {
      const { me } = office()
      if (!me || !type.startsWith('call.')) return
      const { callId, agentIds, isUnclaimed } = data as Partial<CallEventData>
      if (callId === standing?.callId || isUnclaimed || agentIds?.includes(me.id)) pace.ask()
    },
    follow() {
      const { link, me } = office()
      const isLive = link === 'live'
      if (isLive && !wasLive) pace.ask()
      wasLive = isLive
      if (me !== null) return
      putAway()
      told = new Set()
      looks += 1
    },
    stop: () => pace.stop(),
  }
}
