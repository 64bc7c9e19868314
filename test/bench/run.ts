import { constants, copyFile, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { serverCommand } from '../../build/server-command.ts'
import { timeFanOut } from './fan-out.ts'
import { databaseFile } from './fill.ts'
import { HttpClient } from './http-client.ts'
import { readLandmarks } from './landmarks.ts'
import { throughput, timeCalls } from './measure.ts'
import { dataOf, readOperations, writeOperations, type Operation } from './operations.ts'
import type { BenchOptions } from './options.ts'
import type { OperationResult, SizeResult } from './report.ts'
import { logIn } from './office.ts'
import { startServerProcess } from '../support/server-process.ts'

const WARM_UP = 60
const CLIENTS = 8
const FLOOR = join(import.meta.dirname, 'floor', 'server.ts')

/** Measures both servers, each on a copy of the filled store, turn by turn, so that both meet the same machine. */
export async function measureSize(
  filledDir: string,
  tickets: number,
  options: BenchOptions,
): Promise<SizeResult> {
  const dataDir = await mkdtemp(`${filledDir}-run-`)
  try {
    const floorFile = join(dataDir, 'floor.db')
    await copyFile(databaseFile(filledDir), databaseFile(dataDir), constants.COPYFILE_FICLONE)
    await copyFile(databaseFile(filledDir), floorFile, constants.COPYFILE_FICLONE)
    return await measureServers({ dataDir, floorFile, tickets }, options)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

interface Stores {
  dataDir: string
  floorFile: string
  tickets: number
}

async function measureServers(
  { dataDir, floorFile, tickets }: Stores,
  options: BenchOptions,
): Promise<SizeResult> {
  const landmarks = readLandmarks(databaseFile(dataDir))
  const floorServer = await startServerProcess([FLOOR, floorFile])
  const deskServer = await startServerProcess([
    ...(options.cpuProfile ? ['--cpu-prof', `--cpu-prof-dir=${options.cpuProfile}`] : []),
    ...[...serverCommand, '--data-dir', dataDir, '--port', '0', '--host', '127.0.0.1', '--log-level', 'warn'],
  ])
  try {
    const floor = new HttpClient(floorServer.url)
    const desk = new HttpClient(deskServer.url, { authorization: `Bearer ${await logIn(deskServer.url)}` })
    const idleMb = deskServer.memoryMb()
    const sample = { warmUp: WARM_UP, samples: options.samples }
    const compare = async (operation: Operation): Promise<OperationResult> => ({
      name: operation.name,
      goalMs: operation.goalMs,
      floor: await timeCalls(floor, operation.floor, sample),
      desk: await timeCalls(desk, operation.desk, sample),
      memoryMb: deskServer.memoryMb(),
    })

    const operations: OperationResult[] = []
    for (const operation of readOperations(landmarks)) operations.push(await compare(operation))
    const { create, reply } = writeOperations(landmarks)
    operations.push(await compare(create), await compare(reply))
    operations.push({
      ...(await compareFanOut({ floor, desk, reply, options })),
      memoryMb: deskServer.memoryMb(),
    })
    const load = { clients: CLIENTS, calls: Math.max(800, options.samples) }
    const createsPerSecond = {
      floor: await throughput(floor, create.floor, load),
      desk: await throughput(desk, create.desk, load),
      goal: 800,
    }
    const memory = {
      idleMb,
      afterLoadMb: deskServer.memoryMb(),
      floorMb: floorServer.memoryMb(),
      goalMb: 250,
    }
    floor.close()
    desk.close()
    return { tickets, operations, createsPerSecond, startMs: deskServer.startMs, memory }
  } finally {
    await Promise.all([floorServer.stop(), deskServer.stop()])
  }
}

interface Servers {
  floor: HttpClient
  desk: HttpClient
  reply: Operation
  options: BenchOptions
}

async function compareFanOut({
  floor,
  desk,
  reply,
  options,
}: Servers): Promise<Omit<OperationResult, 'memoryMb'>> {
  const common = { subscribers: options.subscribers, rounds: options.samples, warmUp: 20 }
  const messageId = (message: unknown) => (message as { id: string }).id
  return {
    name: `reply → ${options.subscribers} screens`,
    goalMs: null,
    floor: await timeFanOut({
      ...common,
      client: floor,
      stream: '/events',
      reply: reply.floor,
      mark: messageId,
    }),
    desk: await timeFanOut({
      ...common,
      client: desk,
      stream: '/trpc/live.events?input=%7B%7D',
      reply: reply.desk,
      mark: (answer) => messageId(dataOf(answer)),
    }),
  }
}
