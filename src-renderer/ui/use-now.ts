import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Minutes are what the screens show, so a few seconds late is never seen. */
const TICK_MS = 5_000

/** How far the desk's time is ahead of this PC's. */
let aheadMs = 0

/** The desk's time, in UTC milliseconds: what is due is due by its clock, however wrong that of this PC may be. */
export const deskNow = (): number => Date.now() + aheadMs

/** A clock that ticks only while somebody follows it. */
function createClock(tickMs: number) {
  const now = ref(deskNow())
  let followers = 0
  let timer: ReturnType<typeof setInterval> | undefined

  function tick(): void {
    now.value = deskNow()
  }

  /** A hidden window's timers are throttled: catch up the moment it is seen again. */
  function onVisible(): void {
    if (document.visibilityState === 'visible') tick()
  }

  function follow(): Readonly<Ref<number>> {
    if (followers++ === 0) {
      tick()
      timer = setInterval(tick, tickMs)
      document.addEventListener('visibilitychange', onVisible)
    }
    onScopeDispose(() => {
      if (--followers > 0) return
      clearInterval(timer)
      document.removeEventListener('visibilitychange', onVisible)
    })
    return readonly(now)
  }

  return { tick, follow }
}

const minutes = createClock(TICK_MS)
const seconds = createClock(1_000)

/** From now on the desk's time is that of this PC and so much more. */
export function setDeskAhead(ms: number): void {
  if (ms === aheadMs) return
  aheadMs = ms
  minutes.tick()
  seconds.tick()
}

/** The one clock all screens share, in UTC milliseconds. It ticks only while somebody follows it. */
export const useNow = (): Readonly<Ref<number>> => minutes.follow()

/** The same by the second, for what is counted down before somebody's eyes. */
export const useSeconds = (): Readonly<Ref<number>> => seconds.follow()
