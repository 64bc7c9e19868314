import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { setUpDesk, startDesk } from '../support/crash-desk.ts'
import { inspectStore } from '../support/crash-inspection.ts'
import { CrashOutbox } from '../support/crash-outbox.ts'
import type { ServerProcess } from '../support/server-process.ts'

const KILLS = 12
const CLIENTS = 6
const LIMIT_MS = 120_000

let dataDir: string
let scratchDir: string
let server: ServerProcess | undefined
let outboxes: CrashOutbox[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'balcao-crash-'))
  scratchDir = await mkdtemp(join(tmpdir(), 'balcao-crash-copy-'))
})

afterEach(async () => {
  for (const outbox of outboxes) outbox.stop()
  await server?.kill()
  await rm(dataDir, { recursive: true, force: true })
  await rm(scratchDir, { recursive: true, force: true })
})

const startServer = async () => (server = await startDesk(dataDir))

it(
  `keeps every write it acknowledged, and none twice, when it is killed ${KILLS} times under load`,
  async () => {
    let running = Promise.resolve(await startServer())
    const token = await setUpDesk((await running).url)

    let heard = 0
    let enough: { count: number; reached: () => void } | undefined
    const countAcknowledgement = () => {
      heard += 1
      if (enough && heard >= enough.count) enough.reached()
    }
    const address = { url: () => running.then(({ url }) => url), token }
    outboxes = Array.from({ length: CLIENTS }, () => new CrashOutbox(address, countAcknowledgement))
    const acknowledged = () => outboxes.flatMap((outbox) => outbox.acknowledged)

    const work = Promise.all(outboxes.map((outbox) => outbox.work()))
    const nextCrash = async () => {
      const count = heard + 1 + Math.floor(Math.random() * 40)
      await Promise.race([new Promise<void>((reached) => (enough = { count, reached })), work])
    }

    for (let kills = 0; kills < KILLS; kills++) {
      await nextCrash()
      const dying = await running
      const restarted = Promise.withResolvers<ServerProcess>()
      running = restarted.promise
      await dying.kill()
      expect(inspectStore(dataDir, scratchDir, acknowledged()), `after kill ${kills + 1}`).toEqual([])
      restarted.resolve(await startServer())
    }
    for (const outbox of outboxes) outbox.stop()
    await work
    await (await running).stop()

    expect(inspectStore(dataDir, scratchDir, acknowledged())).toEqual([])
    expect(acknowledged().length).toBeGreaterThan(KILLS)
  },
  LIMIT_MS,
)
