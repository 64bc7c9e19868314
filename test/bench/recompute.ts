import { Agent, type Waits } from './agent.ts'
import type { HttpClient } from './http-client.ts'
import type { Landmarks } from './landmarks.ts'
import { dataOf, mutation, query } from './operations.ts'
import type { Screen } from './screen.ts'

export interface RecomputeResult {
  tickets: number
  ms: number
  before: Waits
  during: Waits
}

interface Scene {
  desk: HttpClient
  screen: Screen
  calendarId: string
  landmarks: Landmarks
}

const CALM_ROUNDS = 200

/** Changes the calendar that most promises run by, and takes the time until all are reckoned anew while somebody works on. */
export async function timeRecompute({
  desk,
  screen,
  calendarId,
  landmarks,
}: Scene): Promise<RecomputeResult> {
  const agent = new Agent(desk, landmarks)
  const before = await agent.work((rounds) => rounds < CALM_ROUNDS)

  let tickets = 0
  let isDone = false
  const recomputed = screen.until(({ type, data }) => {
    if (type === 'sla.recomputed') tickets = Number(data['done'])
    return type === 'sla.recomputed'
  })
  const { json } = await desk.send(query('calendars.list', undefined))
  const calendar = (dataOf(json) as { id: string; holidays: unknown[] }[]).find(({ id }) => id === calendarId)
  const holidays = [...(calendar?.holidays ?? []), { date: '2033-12-24', name: 'Recesso' }]
  const started = performance.now()
  await desk.send(mutation('calendars.update', { id: calendarId, changes: { holidays } }))
  const working = agent.work(() => !isDone)
  await recomputed
  const ms = performance.now() - started
  isDone = true
  return { tickets, ms, before, during: await working }
}
