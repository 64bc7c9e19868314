import type { Services } from '../app.ts'
import type { DemoClock } from './demo-clock.ts'

/** Lets the time pass until `at` as the running desk would have: whatever falls due on the way happens at its own instant. @returns when something falls due next. */
export async function passTime(
  { escalation, alerts }: Services,
  clock: DemoClock,
  at: number,
): Promise<number> {
  const { signal } = new AbortController()
  const fail = (fault: unknown) => {
    throw fault
  }
  for (;;) {
    const next = await nearest([escalation, alerts.due])
    if (!next || next.at > at) {
      clock.set(at)
      return next?.at ?? Infinity
    }
    const now = Math.max(next.at, clock.now())
    clock.set(now)
    await next.work.runDue(now, signal, fail)
  }
}

async function nearest<Work extends { nextAt(): Promise<number | null> }>(sources: readonly Work[]) {
  const waiting: { work: Work; at: number }[] = []
  for (const work of sources) {
    const at = await work.nextAt()
    if (at !== null) waiting.push({ work, at })
  }
  return waiting.toSorted((a, b) => a.at - b.at)[0]
}
