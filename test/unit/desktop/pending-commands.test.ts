import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TRPCClientError } from '@trpc/client'
import { expect, onTestFinished, test } from 'vitest'
import { createPendingCommands } from '../../../src-main/alerts/pending-commands.ts'
import { createFakeClock } from './alert-desk.ts'

const ANA = '0197a000-0000-7000-8000-000000000001'
const BRUNO = '0197a000-0000-7000-8000-000000000002'

const noNetwork = TRPCClientError.from(new TypeError('Failed to fetch'))
const answer = (code: string, httpStatus: number, reason: string) =>
  TRPCClientError.from({
    error: { message: reason, code: -32_000, data: { code, httpStatus, reason } },
  } as never)

/** A server that answers as told, and whoever is signed in; `restart` is the program's next start in the same folder. */
async function aDesk() {
  const folder = await mkdtemp(join(tmpdir(), 'balcao-pending-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const clock = createFakeClock()
  const sent: { procedure: string; input: unknown; id: string }[] = []
  const log: string[] = []
  const desk: {
    agentId: string | null
    owner: string | null
    unkept: number
    refuse: (input: unknown) => Error | null
  } = {
    agentId: ANA,
    owner: null,
    unkept: 0,
    refuse: () => null,
  }
  const start = (limits: { keptAtMost?: number } = {}) =>
    createPendingCommands({
      ...{ folder, clock, ...limits },
      log: (line) => void log.push(line),
      owner: () => desk.owner,
      onUnkept: () => void (desk.unkept += 1),
      visit: () =>
        desk.agentId === null
          ? null
          : {
              agentId: desk.agentId,
              transport: {
                send(procedure, input, id) {
                  sent.push({ procedure, input, id })
                  const error = desk.refuse(input)
                  return error ? Promise.reject(error) : Promise.resolve(null)
                },
              },
            },
    })
  return Object.assign(desk, {
    folder,
    clock,
    sent,
    log,
    start,
    inputs: () => sent.map(({ input }) => input),
  })
}

test('what was done is sent in its order, each once', async () => {
  const desk = await aDesk()
  const commands = desk.start()
  commands.add('alerts.seen', 1)
  commands.add('alerts.snooze', 2)
  commands.add('alerts.acknowledge', 3)
  await commands.flush()
  await commands.flush()
  expect(desk.inputs()).toEqual([1, 2, 3])
  expect(new Set(desk.sent.map(({ id }) => id)).size).toBe(3)
})

test('without a network it is kept over a restart of the program, and goes under the same id', async () => {
  const desk = await aDesk()
  desk.refuse = () => noNetwork
  const first = desk.start()
  first.add('alerts.acknowledge', 1)
  await first.flush()
  const [{ id } = { id: '' }] = desk.sent

  desk.refuse = () => null
  desk.sent.length = 0
  await desk.start().flush()
  expect(desk.sent).toEqual([{ procedure: 'alerts.acknowledge', input: 1, id }])
})

test('it is tried again by itself, for a link that looks alive says nothing of a request that was lost', async () => {
  const desk = await aDesk()
  desk.refuse = () => noNetwork
  const commands = desk.start()
  commands.add('alerts.acknowledge', 1)
  await commands.flush()
  desk.refuse = () => null
  await desk.clock.advance(15_000)
  expect(desk.inputs()).toEqual([1, 1])
})

test.each([
  ['a session that has ended', answer('UNAUTHORIZED', 401, 'auth.session_ended')],
  ['a server that is asked too often', answer('TOO_MANY_REQUESTS', 429, 'rate.limited')],
  ['a server that is just stopping', answer('SERVICE_UNAVAILABLE', 503, 'server.stopping')],
])('%s is no answer: it waits', async (_, error) => {
  const desk = await aDesk()
  desk.refuse = () => error
  const commands = desk.start()
  commands.add('alerts.acknowledge', 1)
  await commands.flush()
  desk.refuse = () => null
  await commands.flush()
  expect(desk.inputs()).toEqual([1, 1])
})

test('what the server refuses is given up, and said in the log unless the alert is no more', async () => {
  const desk = await aDesk()
  desk.refuse = (input) =>
    input === 1 ? answer('NOT_FOUND', 404, 'alert.not_found') : answer('FORBIDDEN', 403, 'auth.forbidden')
  const commands = desk.start()
  commands.add('alerts.acknowledge', 1)
  commands.add('alerts.acknowledge', 2)
  await commands.flush()
  await commands.flush()
  expect(desk.inputs()).toEqual([1, 2])
  expect(desk.log).toEqual(['alerts.acknowledge was refused: auth.forbidden'])
})

test('what the server breaks on holds up nothing else, and is given up in the end', async () => {
  const desk = await aDesk()
  desk.refuse = (input) => (input === 1 ? answer('INTERNAL_SERVER_ERROR', 500, 'server.fault') : null)
  const commands = desk.start()
  commands.add('alerts.shown', 1)
  commands.add('alerts.acknowledge', 2)
  await commands.flush()
  expect(desk.inputs()).toEqual([1, 2])

  for (let n = 0; n < 10; n += 1) await commands.flush()
  expect(desk.inputs().filter((input) => input === 1)).toHaveLength(5)
  expect(desk.log).toHaveLength(1)
})

test('nobody’s word is given in another’s name: it waits for whoever gave it', async () => {
  const desk = await aDesk()
  desk.refuse = () => noNetwork
  const commands = desk.start()
  commands.add('alerts.acknowledge', 'of Ana')
  await commands.flush()

  desk.refuse = () => null
  desk.sent.length = 0
  desk.agentId = BRUNO
  commands.add('alerts.acknowledge', 'of Bruno')
  await commands.flush()
  expect(desk.inputs()).toEqual(['of Bruno'])
  desk.agentId = ANA
  await commands.flush()
  expect(desk.inputs()).toEqual(['of Bruno', 'of Ana'])
})

test('when nobody is signed in there is nobody to say it', async () => {
  const desk = await aDesk()
  desk.agentId = null
  const commands = desk.start()
  commands.add('alerts.acknowledge', 1)
  desk.agentId = ANA
  await commands.flush()
  expect(desk.sent).toEqual([])
})

test('over a long cut the oldest reports go first, never what a person did', async () => {
  const desk = await aDesk()
  desk.refuse = () => noNetwork
  const commands = desk.start({ keptAtMost: 20 })
  commands.add('alerts.acknowledge', 'done')
  for (let n = 0; n < 21; n += 1) commands.add('alerts.shown', n)
  await commands.flush()
  desk.refuse = () => null
  desk.sent.length = 0
  await commands.flush()
  expect(desk.inputs()).toHaveLength(20)
  expect(desk.inputs().slice(0, 2)).toEqual(['done', 2])
})

test('a disk that takes nothing is told once; what was done is sent all the same, and kept again when there is room', async () => {
  const desk = await aDesk()
  desk.refuse = () => noNetwork
  const commands = desk.start()
  // No file can be written where a folder has its name.
  const aside = join(desk.folder, 'pending-alerts.json.new')
  await mkdir(aside)
  expect(() => commands.add('alerts.acknowledge', 1)).not.toThrow()
  commands.add('alerts.acknowledge', 2)
  await commands.flush()
  expect(desk.unkept).toBe(1)

  await rm(aside, { recursive: true })
  commands.add('alerts.acknowledge', 3)
  await commands.flush()
  desk.refuse = () => null
  desk.sent.length = 0
  await desk.start().flush()
  expect(desk.inputs()).toEqual([1, 2, 3])
})

test('what a phone tells before the server was reached is theirs who has not left, and nobody’s when nobody is signed in', async () => {
  const desk = await aDesk()
  desk.agentId = null
  const commands = desk.start()
  expect(commands.add('calls.report', 1)).toBe(false)
  desk.owner = ANA
  expect(commands.add('calls.report', 2)).toBe(true)
  desk.agentId = BRUNO
  await commands.flush()
  expect(desk.inputs()).toEqual([])
  desk.agentId = ANA
  await commands.flush()
  expect(desk.inputs()).toEqual([2])
})
