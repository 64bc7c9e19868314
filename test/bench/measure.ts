import type { Call, HttpClient } from './http-client.ts'

/** Milliseconds of many answers. */
export interface Timing {
  samples: number
  p50: number
  p95: number
  p99: number
  max: number
}

export interface SampleOptions {
  warmUp: number
  samples: number
}

/** Sends `make(i)` one after another; the first `warmUp` answers are not counted. */
export async function timeCalls(
  client: HttpClient,
  make: (index: number) => Call,
  { warmUp, samples }: SampleOptions,
): Promise<Timing> {
  const durations: number[] = []
  for (let index = 0; index < warmUp + samples; index++) {
    const { ms } = await client.send(make(index))
    if (index >= warmUp) durations.push(ms)
  }
  return summarise(durations)
}

/** How many calls a second `clients` get through that each send the next as soon as the last is answered. */
export async function throughput(
  client: HttpClient,
  make: (index: number) => Call,
  { clients, calls }: { clients: number; calls: number },
): Promise<number> {
  let next = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < calls) await client.send(make(next++))
    }),
  )
  return (calls * 1_000) / (performance.now() - started)
}

export function summarise(durations: readonly number[]): Timing {
  const sorted = durations.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { samples: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}
