import { constants, copyFile, mkdtemp, rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { serverCommand } from '../../build/server-command.ts'
import { startServerProcess, type ServerProcess } from '../support/server-process.ts'
import { databaseFile } from './fill.ts'
import { HttpClient } from './http-client.ts'
import { readLandmarks, readPromised, type PromisedTicket } from './landmarks.ts'
import { summarise, timeCalls, type Timing } from './measure.ts'
import { logIn } from './office.ts'
import { dataOf, mutation, query } from './operations.ts'
import type { BenchOptions } from './options.ts'
import { timeRecompute } from './recompute.ts'
import type { PromisesResult } from './report-promises.ts'
import { Screen } from './screen.ts'

const ALONE = 100
const ALONE_EVERY_MS = 100
const TOGETHER = 1_000
/** So many are set to a date that is far enough, to see how long that takes. */
const TRIAL = 20
const TRIAL_AHEAD_MS = 30 * 60_000
const IDLE_MS = 10_000
const PREVIEWS = 200
/** Ten years of business minutes, about. */
const TEN_YEARS_MINUTES = 1_275_000

/** What promises cost: a desk whose tickets are all open, with every clock running and nothing due until the bench says so. */
export async function measurePromises(filledDir: string, options: BenchOptions): Promise<PromisesResult> {
  const dataDir = await mkdtemp(`${filledDir}-run-`)
  try {
    await copyFile(databaseFile(filledDir), databaseFile(dataDir), constants.COPYFILE_FICLONE)
    return await measureServer(dataDir, options)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function measureServer(dataDir: string, { cpuProfile }: BenchOptions): Promise<PromisesResult> {
  const promised = readPromised(databaseFile(dataDir), ALONE + TOGETHER + 2 * TRIAL)
  const landmarks = readLandmarks(databaseFile(dataDir))
  const server = await startServerProcess([
    ...(cpuProfile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${cpuProfile}`]),
    ...[...serverCommand, '--data-dir', dataDir, '--port', '0', '--host', '127.0.0.1', '--log-level', 'warn'],
  ])
  try {
    const { ms: healthMs } = await new HttpClient(server.url).send({ method: 'GET', path: '/health' })
    const desk = new HttpClient(server.url, { authorization: `Bearer ${await logIn(server.url)}` })
    const screen = await Screen.open(desk)
    const wakes = new Wakes(server, desk, screen, promised.tickets.slice(ALONE + TOGETHER))
    const alone = await wakes.time(promised.tickets.slice(0, ALONE), ALONE_EVERY_MS)
    const idlePercent = await idleShare(server)
    const together = await wakes.time(promised.tickets.slice(ALONE, ALONE + TOGETHER), 1_000 / TOGETHER)
    const recompute = await timeRecompute({ desk, screen, calendarId: promised.calendarId, landmarks })
    const memoryMb = server.memoryMb()
    const result = {
      openTickets: promised.openTickets,
      runningClocks: promised.runningClocks,
      startMs: server.startMs + healthMs,
      ...{ alone, idlePercent, together, recompute },
      preview: await timePreviews(desk, promised.calendarId),
      memoryMb,
    }
    screen.close()
    desk.close()
    return result
  } finally {
    await server.stop()
  }
}

/** Of one processor, in percent, while nothing is due and nobody asks anything. */
async function idleShare(server: ServerProcess): Promise<number | null> {
  const before = server.cpuMs()
  const started = performance.now()
  await pause(IDLE_MS)
  const after = server.cpuMs()
  return before === null || after === null ? null : ((after - before) * 100) / (performance.now() - started)
}

/** Of ten years, as a screen asks for it: of a saved calendar, and of one that nobody has reckoned by yet. */
async function timePreviews(desk: HttpClient, calendarId: string): Promise<PromisesResult['preview']> {
  const { json } = await desk.send(query('calendars.list', undefined))
  const calendar = (dataOf(json) as Record<string, unknown>[]).find(({ id }) => id === calendarId) ?? {}
  const { timezone, hours, holidays } = calendar
  const asked = { from: '2026-01-05T11:00:00.000Z', minutes: TEN_YEARS_MINUTES }
  const sample = { warmUp: 20, samples: PREVIEWS }
  return {
    saved: await timeCalls(desk, () => query('calendars.preview', { ...asked, calendarId }), sample),
    unsaved: await timeCalls(
      desk,
      () => query('calendars.preview', { ...asked, calendar: { timezone, hours, holidays } }),
      sample,
    ),
  }
}

/** Makes tickets fall due, and takes the time until a screen hears of each. */
class Wakes {
  readonly #server: ServerProcess
  readonly #desk: HttpClient
  readonly #screen: Screen
  /** To try things on. */
  readonly #spare: PromisedTicket[]

  constructor(server: ServerProcess, desk: HttpClient, screen: Screen, spare: readonly PromisedTicket[]) {
    this.#server = server
    this.#desk = desk
    this.#screen = screen
    this.#spare = [...spare]
  }

  async time(
    tickets: readonly PromisedTicket[],
    apartMs: number,
  ): Promise<{ late: Timing; cpuMs: number | null }> {
    const firstDueAt = Math.ceil(Date.now() + 2_000 + 2 * (await this.#timeSetting()) * tickets.length)
    const dueAt = new Map(tickets.map(({ id }, place) => [id, firstDueAt + Math.floor(place * apartMs)]))
    const lateness: number[] = []
    const allBreached = this.#screen.until(({ type, ticketId }) => {
      const due = type === 'sla.breached' && ticketId !== null ? dueAt.get(ticketId) : undefined
      if (due !== undefined) lateness.push(Date.now() - due)
      return lateness.length === tickets.length
    })
    await this.#setDates(tickets, dueAt)
    if (Date.now() >= firstDueAt) throw new Error('The first ticket fell due before all dates were set.')
    await pause(firstDueAt - 100 - Date.now())
    const before = this.#server.cpuMs()
    await allBreached
    const after = this.#server.cpuMs()
    const cpuMs = before === null || after === null ? null : (after - before) / tickets.length
    return { late: summarise(lateness), cpuMs }
  }

  /** What it takes to set a ticket's date, its warnings included: so far ahead the dates have to be. */
  async #timeSetting(): Promise<number> {
    const tickets = this.#spare.splice(0, TRIAL)
    const started = performance.now()
    await this.#setDates(tickets, new Map(tickets.map(({ id }) => [id, Date.now() + TRIAL_AHEAD_MS])))
    const tookMs = performance.now() - started
    for (const { id: ticketId, version } of tickets)
      await this.#desk.send(
        mutation('tickets.update', {
          ticketId,
          version: version + 1,
          changes: { dueAt: null, dueReason: null },
        }),
      )
    return tookMs / tickets.length
  }

  /** Done once the warnings are out that come before a date so near. */
  async #setDates(tickets: readonly PromisedTicket[], dueAt: ReadonlyMap<string, number>): Promise<void> {
    const unwarned = new Set(dueAt.keys())
    const allWarned = this.#screen.until(({ type, ticketId }) => {
      if (type === 'sla.warning' && ticketId !== null) unwarned.delete(ticketId)
      return unwarned.size === 0
    })
    for (const { id: ticketId, version } of tickets) {
      const changes = { dueAt: new Date(dueAt.get(ticketId) ?? 0).toISOString(), dueReason: 'Prova' }
      await this.#desk.send(mutation('tickets.update', { ticketId, version, changes }))
    }
    await allWarned
  }
}
