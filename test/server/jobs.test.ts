import { pino } from 'pino'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { EventLog } from '../../server/events/event-log.ts'
import { Hub } from '../../server/events/hub.ts'
import type { JobRow } from '../../server/jobs/entities.ts'
import type { JobHandler, Outcome } from '../../server/jobs/handler.ts'
import { JobRunner } from '../../server/jobs/job-runner.ts'
import { Jobs, type NewJob } from '../../server/jobs/jobs.service.ts'
import { Scheduler } from '../../server/schedule/scheduler.ts'
import type { Store } from '../../server/store/store.ts'
import { aClock } from '../support/desk-clock.ts'
import { temporaryStore } from '../support/store.ts'

const done: Outcome = { ok: true, status: 200, problem: null, message: null }
const failed: Outcome = { ok: false, status: 503, problem: 'status', message: 'fora do ar' }

/** A runner on a store of its own, whose jobs end when and as the test says. */
async function startRunner({
  store,
  clock = aClock(),
}: { store?: Store; clock?: ReturnType<typeof aClock> } = {}) {
  const base = store ?? (await temporaryStore())
  const events = new EventLog(new Hub(), clock)
  const noticed = (at: number) => schedule.noticed(at)
  const started: JobRow[] = []
  const ends = new Map<string, (outcome: Outcome) => void>()
  const handler: JobHandler = {
    run(job, signal) {
      started.push(job)
      return new Promise((resolve) => {
        ends.set(job.key, resolve)
        signal.addEventListener('abort', () => resolve(failed))
      })
    },
    settled: () => Promise.resolve(),
  }
  const faulty: JobHandler = {
    run: () => Promise.reject(new Error('quebrou')),
    settled: () => Promise.resolve(),
  }
  const jobs = new Jobs({ store: base, events, clock, noticed })
  const runner = new JobRunner({
    ...{ store: base, events, clock, alarm: clock, noticed, random: () => 0.5 },
    handlers: { test: handler, faulty },
  })
  const schedule = new Scheduler({ clock, alarm: clock, sources: [runner] })
  schedule.start(pino({ level: 'silent' }))
  const stop = async () => {
    await schedule.stop()
    await runner.stop()
  }
  onTestFinished(stop)
  return {
    ...{ store: base, clock, jobs, schedule, stop },
    keys: () => started.map(({ key }) => key),
    ids: () => started.map(({ id }) => id),
    enqueue: (key: string, more: Partial<NewJob> = {}) =>
      base.write((tx) => jobs.enqueue(tx, { kind: 'test', lane: 'a', key, payload: {}, ...more })),
    /** Ends a job that is in hand. */
    end(key: string, outcome: Outcome = done) {
      const end = ends.get(key)
      if (!end) throw new Error(`${key} is not in hand.`)
      ends.delete(key)
      end(outcome)
    },
    async states() {
      const rows = await base.read.sql<
        { key: string; state: string }[]
      >`SELECT key, state FROM job ORDER BY seq`
      return Object.fromEntries(rows.map(({ key, state }) => [key, state]))
    },
  }
}

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 5 })

describe('jobs', () => {
  it('are carried out after the commit that asks for them, and not when it is rolled back', async () => {
    const { store, jobs, enqueue, keys } = await startRunner()
    const job = { kind: 'test', lane: 'a', payload: {} }
    await store
      .write(async (tx) => {
        await jobs.enqueue(tx, { ...job, key: 'nunca' })
        throw new Error('não')
      })
      .catch(() => undefined)
    await enqueue('sim')
    await soon(() => expect(keys()).toEqual(['sim']))
  })

  it('under one key are one, also when the first is long done', async () => {
    const { enqueue, end, keys, states, schedule } = await startRunner()
    expect(await enqueue('um')).not.toBeNull()
    expect(await enqueue('um')).toBeNull()
    await soon(() => end('um'))
    await soon(async () => expect(await states()).toEqual({ um: 'done' }))
    expect(await enqueue('um')).toBeNull()
    await schedule.settled()
    expect(keys()).toEqual(['um'])
  })

  it('of one lane go one after another in their order, those of others beside them, four at a time', async () => {
    const { enqueue, end, keys, states, schedule } = await startRunner()
    for (const lane of ['a', 'b', 'c', 'd', 'e'])
      for (const number of [1, 2]) await enqueue(`${lane}${number}`, { lane })
    await soon(() => expect(keys()).toHaveLength(4))
    await schedule.settled()
    expect(keys()).toEqual(['a1', 'b1', 'c1', 'd1'])
    end('b1')
    await soon(() => expect(keys()).toHaveLength(5))
    expect(keys().slice(4)).toEqual(['b2'])
    for (const ended of ['a1', 'b2', 'c1', 'd1', 'a2', 'c2', 'd2', 'e1', 'e2']) await soon(() => end(ended))
    await soon(async () => expect(new Set(Object.values(await states()))).toEqual(new Set(['done'])))
    expect(keys().toSorted()).toEqual(['a', 'b', 'c', 'd', 'e'].flatMap((lane) => [`${lane}1`, `${lane}2`]))
    for (const lane of ['a', 'b', 'c', 'd', 'e'])
      expect(keys().indexOf(`${lane}1`)).toBeLessThan(keys().indexOf(`${lane}2`))
  })

  it('that fail keep those behind them waiting, and are tried again in their time', async () => {
    const { clock, enqueue, end, keys, states, schedule } = await startRunner()
    await enqueue('um')
    await enqueue('dois')
    await soon(() => end('um', failed))
    await soon(async () => expect(await states()).toEqual({ um: 'waiting', dois: 'waiting' }))
    clock.advance({ ms: 59_999 })
    await schedule.settled()
    expect(keys()).toEqual(['um'])
    clock.advance({ ms: 1 })
    await soon(() => end('um'))
    await soon(() => expect(keys()).toEqual(['um', 'um', 'dois']))
  })

  it('may be for later', async () => {
    const { clock, enqueue, keys, schedule } = await startRunner()
    await enqueue('amanhã', { runAt: clock.now() + 86_400_000 })
    clock.advance({ days: 0.5 })
    await schedule.settled()
    expect(keys()).toEqual([])
    clock.advance({ days: 0.5 })
    await soon(() => expect(keys()).toEqual(['amanhã']))
  })

  it('whose handler breaks are noted with what it said, and tried again', async () => {
    const { store, enqueue, states } = await startRunner()
    await enqueue('um', { kind: 'faulty' })
    await enqueue('dois', { kind: 'nobody', lane: 'b' })
    await soon(async () => {
      const rows = await store.read.sql`SELECT ok, problem, message FROM job_try ORDER BY message DESC`
      expect(rows).toEqual([
        { ok: 0, problem: 'fault', message: 'quebrou' },
        { ok: 0, problem: 'fault', message: 'Nobody carries out jobs of the kind nobody.' },
      ])
    })
    expect(await states()).toEqual({ um: 'waiting', dois: 'waiting' })
  })

  it('in hand when the server stops are broken off, and the next start sends them again under the same id', async () => {
    const first = await startRunner()
    await first.enqueue('um')
    await soon(() => expect(first.keys()).toEqual(['um']))
    await first.stop()
    expect(await first.states()).toEqual({ um: 'waiting' })
    const second = await startRunner(first)
    await soon(() => expect(second.ids()).toEqual(first.ids()))
    const tries = await first.store.read.sql`SELECT 1 FROM job_try`
    expect(tries).toEqual([])
  })

  it('that a crash left running are taken up again', async () => {
    const first = await startRunner()
    await first.enqueue('um')
    await soon(() => expect(first.keys()).toEqual(['um']))
    await first.stop()
    await first.store.write((tx) => tx.db.sql`UPDATE job SET state = 'running'`)
    const second = await startRunner(first)
    await soon(() => second.end('um'))
    await soon(async () => expect(await second.states()).toEqual({ um: 'done' }))
  })

  it('stay for thirty days after their end, and with them their tries', async () => {
    const { store, clock, jobs, enqueue, end, states } = await startRunner()
    await enqueue('velho')
    await soon(() => end('velho'))
    await soon(async () => expect(await states()).toEqual({ velho: 'done' }))
    clock.advance({ days: 20 })
    await enqueue('novo')
    await soon(() => end('novo'))
    await enqueue('espera', { runAt: clock.now() + 90 * 86_400_000 })
    await soon(async () => expect(await states()).toMatchObject({ novo: 'done' }))
    await jobs.sweepFinished(clock.now())
    expect(Object.keys(await states())).toEqual(['velho', 'novo', 'espera'])
    clock.advance({ days: 11 })
    await jobs.sweepFinished(clock.now())
    expect(Object.keys(await states())).toEqual(['novo', 'espera'])
    expect(await store.read.sql`SELECT 1 FROM job_try`).toHaveLength(1)
  })
})
