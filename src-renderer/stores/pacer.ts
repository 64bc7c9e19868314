/**
 * Runs `work` soon after it was asked for, never twice at once and never more often than every `everyMs`; what is asked meanwhile is
 * one run later. A run that fails is forgotten: the next event or the resumed link asks again.
 */
export function createPacer(everyMs: number, work: () => Promise<void>, firstAfterMs = 50) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = false
  let again = false
  let lastAt = -Infinity
  let stopped = false

  function ask(): void {
    if (stopped || timer !== undefined) return
    if (running) {
      again = true
      return
    }
    timer = setTimeout(() => void run(), Math.max(firstAfterMs, lastAt + everyMs - performance.now()))
  }

  async function run(): Promise<void> {
    timer = undefined
    running = true
    lastAt = performance.now()
    await work().catch(() => undefined)
    running = false
    if (!again) return
    again = false
    ask()
  }

  function stop(): void {
    stopped = true
    clearTimeout(timer)
  }

  return { ask, stop }
}
