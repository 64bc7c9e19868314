import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Scheduler, type DueWork } from '../../../server/schedule/scheduler.ts'
import { aClock, type TestClock } from '../../support/desk-clock.ts'

const SECOND = 1_000
const HOUR = 3_600_000

/** Work that remembers what it did; `failing` makes it throw as often. */
class Work implements DueWork {
  readonly due: number[]
  readonly done: { at: number; now: number }[] = []
  failing = 0
  looks = 0
  readonly name: string
  readonly #diary: string[]

  constructor(name: string, due: number[], diary: string[] = []) {
    this.name = name
    this.due = due
    this.#diary = diary
  }

  nextAt(): Promise<number | null> {
    this.looks += 1
    return Promise.resolve(this.due.length > 0 ? Math.min(...this.due) : null)
  }

  runDue(now: number): Promise<void> {
    this.#diary.push(this.name)
    if (this.failing > 0) {
      this.failing -= 1
      return Promise.reject(new Error('the disk is full'))
    }
    for (const at of this.due.filter((due) => due <= now).toSorted((a, b) => a - b)) {
      this.due.splice(this.due.indexOf(at), 1)
      this.done.push({ at, now })
    }
    return Promise.resolve()
  }
}

interface Log {
  work: string
  retryInMs: number
  err: { message: string }
}

/** The scheduler that the running test has started. */
let current: Scheduler | undefined
function scheduled(): Scheduler {
  if (!current) throw new Error('Nothing is started.')
  return current
}

async function started(clock: TestClock, ...sources: DueWork[]) {
  const logged: Log[] = []
  const logger = pino({ level: 'error' }, { write: (line) => void logged.push(JSON.parse(line) as Log) })
  const scheduler = new Scheduler({ clock, alarm: clock, sources })
  current = scheduler
  onTestFinished(() => scheduler.stop())
  scheduler.start(logger)
  await scheduler.settled()
  return { scheduler, logged }
}

describe('the scheduler', () => {
  it('wakes for the nearest of all sources, and then for the next', async () => {
    const clock = aClock(0)
    const [tickets, alerts] = [new Work('tickets', [3 * HOUR, 9 * HOUR]), new Work('alerts', [2 * HOUR])]
    const { scheduler } = await started(clock, tickets, alerts)
    expect(clock.alarms).toBe(1)
    clock.time = 2 * HOUR - 1
    await scheduler.settled()
    expect(alerts.done).toEqual([])
    clock.time = 2 * HOUR
    await scheduler.settled()
    expect(alerts.done).toEqual([{ at: 2 * HOUR, now: 2 * HOUR }])
    expect(tickets.done).toEqual([])
    clock.time = 3 * HOUR
    await scheduler.settled()
    expect(tickets.done).toEqual([{ at: 3 * HOUR, now: 3 * HOUR }])
    expect(clock.alarms).toBe(1)
  })

  it('has no alarm at all while nothing is to come, and looks at nothing', async () => {
    const clock = aClock(0)
    const work = new Work('tickets', [])
    await started(clock, work)
    const { looks } = work
    clock.time = 1_000 * HOUR
    expect(clock.alarms).toBe(0)
    expect(work.looks).toBe(looks)
  })

  it('runs what was missed while the server was off, longest overdue source first, before it waits', async () => {
    const diary: string[] = []
    const tickets = new Work('tickets', [5 * HOUR, 2 * HOUR], diary)
    const alerts = new Work('alerts', [1 * HOUR, 90 * HOUR], diary)
    const clock = aClock(10 * HOUR)
    await started(clock, tickets, alerts)
    expect(diary).toEqual(['alerts', 'tickets'])
    expect(tickets.done.map(({ at }) => at)).toEqual([2 * HOUR, 5 * HOUR])
    expect(clock.alarms).toBe(1)
  })

  it('a jump of the clock runs everything that was jumped over once', async () => {
    const clock = aClock(0)
    const work = new Work(
      'tickets',
      [1, 2, 3].map((hour) => hour * HOUR),
    )
    const { scheduler } = await started(clock, work)
    clock.time = 100 * HOUR
    await scheduler.settled()
    clock.time = 200 * HOUR
    await scheduler.settled()
    expect(work.done.map(({ at }) => at)).toEqual([HOUR, 2 * HOUR, 3 * HOUR])
  })

  it('a nearer wake-up moves the alarm; a later one costs nothing', async () => {
    const clock = aClock(0)
    const work = new Work('tickets', [5 * HOUR])
    const { scheduler } = await started(clock, work)
    work.due.push(8 * HOUR)
    const { looks } = work
    scheduler.noticed(8 * HOUR)
    scheduler.noticed(null)
    expect(work.looks).toBe(looks)
    work.due.push(HOUR)
    scheduler.noticed(HOUR)
    expect(clock.alarms).toBe(1)
    clock.time = HOUR
    await scheduler.settled()
    expect(work.done).toEqual([{ at: HOUR, now: HOUR }])
  })

  it('what is noticed as due already runs at once', async () => {
    const clock = aClock(10 * HOUR)
    const work = new Work('tickets', [])
    const { scheduler } = await started(clock, work)
    work.due.push(9 * HOUR)
    scheduler.noticed(9 * HOUR)
    await scheduler.settled()
    expect(work.done).toEqual([{ at: 9 * HOUR, now: 10 * HOUR }])
  })

  it('what is noticed during a run is not lost, although the run has looked already', async () => {
    const clock = aClock(0)
    const work = new Work('tickets', [])
    const { scheduler } = await started(clock, work, {
      name: 'writer',
      // Asked after the tickets, which have said twice that nothing is due: before the run and after it.
      nextAt() {
        if (work.looks === 2) {
          work.due.push(HOUR)
          scheduled().noticed(HOUR)
        }
        return Promise.resolve(null)
      },
      runDue: () => Promise.resolve(),
    })
    clock.time = HOUR
    await scheduler.settled()
    expect(work.done).toEqual([{ at: HOUR, now: HOUR }])
  })

  it('never runs twice at the same time', async () => {
    const clock = aClock(0)
    let [running, most, left] = [0, 0, 5]
    await started(clock, {
      name: 'tickets',
      nextAt: () => Promise.resolve(left > 0 ? clock.time : null),
      async runDue() {
        running += 1
        most = Math.max(most, running)
        scheduled().noticed(clock.time)
        clock.advance({ minutes: 1 })
        await new Promise(setImmediate)
        running -= 1
        left -= 1
      },
    })
    expect({ most, left }).toEqual({ most: 1, left: 0 })
  })

  it('what throws is logged and tried again after a while that grows to a minute, and others are not kept waiting', async () => {
    const clock = aClock(0)
    const [broken, sound] = [new Work('tickets', [HOUR]), new Work('alerts', [HOUR, HOUR + 1])]
    broken.failing = 6
    const { scheduler, logged } = await started(clock, broken, sound)
    clock.time = HOUR
    await scheduler.settled()
    expect(sound.done).toHaveLength(1)
    clock.time = HOUR + 1
    await scheduler.settled()
    expect(sound.done).toHaveLength(2)
    expect(logged).toMatchObject([
      { work: 'tickets', retryInMs: SECOND, err: { message: 'the disk is full' } },
    ])
    clock.time = HOUR + SECOND - 1
    await scheduler.settled()
    expect(logged).toHaveLength(1)
    for (const seconds of [1, 5, 30, 60, 60]) {
      clock.time += seconds * SECOND
      await scheduler.settled()
    }
    expect(logged.map(({ retryInMs }) => retryInMs / SECOND)).toEqual([1, 5, 30, 60, 60, 60])
    expect(broken.done).toEqual([])
    clock.time += 60 * SECOND
    await scheduler.settled()
    expect(broken.done).toHaveLength(1)
    broken.due.push(clock.time)
    broken.failing = 1
    scheduler.noticed(clock.time)
    await scheduler.settled()
    expect(logged.at(-1)).toMatchObject({ retryInMs: SECOND })
  })

  it('a source whose table can’t be read is left alone as well', async () => {
    const clock = aClock(0)
    const sound = new Work('alerts', [SECOND])
    const { scheduler, logged } = await started(
      clock,
      { name: 'tickets', nextAt: () => Promise.reject(new Error('locked')), runDue: () => Promise.resolve() },
      sound,
    )
    clock.time = SECOND
    await scheduler.settled()
    expect(sound.done).toHaveLength(1)
    expect(logged.map(({ retryInMs }) => retryInMs)).toEqual([1_000, 5_000])
  })

  it('a clock that was put back does not prolong the wait after a failure', async () => {
    const clock = aClock(100 * HOUR)
    const work = new Work('tickets', [HOUR])
    work.failing = 1
    const { scheduler } = await started(clock, work)
    clock.time = 50 * HOUR
    scheduler.noticed(50 * HOUR)
    await scheduler.settled()
    expect(work.done).toHaveLength(1)
  })

  it('a source that leaves its work undone does not keep the server busy', async () => {
    const clock = aClock(HOUR)
    let runs = 0
    const { logged } = await started(clock, {
      name: 'tickets',
      nextAt: () => Promise.resolve(0),
      runDue() {
        runs += 1
        return Promise.resolve()
      },
    })
    expect(runs).toBeLessThan(50)
    expect(logged).toMatchObject([{ work: 'tickets' }])
    expect(clock.alarms).toBe(1)
  })

  it('stopping waits for the run in hand, tells it, and starts no other', async () => {
    const clock = aClock(HOUR)
    const [entered, mayGo] = [Promise.withResolvers<AbortSignal>(), Promise.withResolvers<undefined>()]
    let isDone = false
    const after = new Work('alerts', [HOUR])
    const scheduler = new Scheduler({
      clock,
      alarm: clock,
      sources: [
        {
          name: 'tickets',
          nextAt: () => Promise.resolve(0),
          async runDue(_, signal) {
            entered.resolve(signal)
            await mayGo.promise
            isDone = true
          },
        },
        after,
      ],
    })
    scheduler.start(pino({ level: 'silent' }))
    const signal = await entered.promise
    let isStopped = false
    const stopped = scheduler.stop().then(() => (isStopped = true))
    await new Promise(setImmediate)
    expect({ isStopped, aborted: signal.aborted }).toEqual({ isStopped: false, aborted: true })
    mayGo.resolve(undefined)
    await stopped
    expect({ isDone, after: after.done, alarms: clock.alarms }).toEqual({
      isDone: true,
      after: [],
      alarms: 0,
    })
    scheduler.noticed(0)
    await scheduler.settled()
    expect(after.done).toEqual([])
  })

  it('before it is started nothing runs', async () => {
    const clock = aClock(HOUR)
    const work = new Work('tickets', [0])
    const scheduler = new Scheduler({ clock, alarm: clock, sources: [work] })
    scheduler.noticed(0)
    await scheduler.settled()
    expect({ done: work.done, alarms: clock.alarms }).toEqual({ done: [], alarms: 0 })
  })
})
