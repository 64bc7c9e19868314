import { constants, existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { serverCommand } from '../../build/server-command.ts'
import type { Report } from '../../server/reports/contract.ts'
import { startServerProcess, type ServerProcess } from '../support/server-process.ts'
import { databaseFile } from './fill.ts'
import { HttpClient } from './http-client.ts'
import { readLandmarks, type Landmarks } from './landmarks.ts'
import { logIn } from './office.ts'
import { dataOf, query } from './operations.ts'
import type { BenchOptions } from './options.ts'

/** A server at work on a copy of a filled store. */
export interface Run {
  server: ServerProcess
  /** When its process was started, as `performance.now()` tells it. */
  startedAt: number
  landmarks: Landmarks
  extent: Extent
  /** Logged in, with connections of its own. */
  client(): HttpClient
}

interface Extent {
  tickets: number
  /** The last event. */
  events: number
  /** The birth of the oldest and of the newest ticket, milliseconds UTC. */
  oldest: number
  newest: number
}

/** Gives `measure` a copy of the store, which it may write to, and removes it afterwards. */
export async function onCopy<Result>(
  filledDir: string,
  measure: (dataDir: string) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(`${filledDir}-run-`)
  try {
    await copyFile(databaseFile(filledDir), databaseFile(dataDir), constants.COPYFILE_FICLONE)
    return await measure(dataDir)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Gives `measure` a server of its own at work on this store. */
export async function withServer<Result>(
  dataDir: string,
  { cpuProfile }: Pick<BenchOptions, 'cpuProfile'>,
  measure: (run: Run) => Promise<Result>,
): Promise<Result> {
  const clients: HttpClient[] = []
  const [landmarks, extent] = [readLandmarks(databaseFile(dataDir)), extentOf(databaseFile(dataDir))]
  const startedAt = performance.now()
  const server = await startServerProcess([
    ...(cpuProfile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${cpuProfile}`]),
    ...[...serverCommand, '--data-dir', dataDir, '--port', '0', '--host', '127.0.0.1', '--log-level', 'warn'],
  ])
  try {
    const authorization = `Bearer ${await logIn(server.url)}`
    const client = () => {
      const opened = new HttpClient(server.url, { authorization })
      clients.push(opened)
      return opened
    }
    return await measure({ server, startedAt, landmarks, extent, client })
  } finally {
    for (const client of clients) client.close()
    await server.stop()
  }
}

function extentOf(file: string): Extent {
  const database = new Sqlite(file, { readonly: true })
  try {
    const row = database
      .prepare<[], Extent>(
        `SELECT (SELECT max(seq) FROM event) AS events, count(*) AS tickets, min(createdAt) AS oldest, max(createdAt) AS newest
         FROM ticket`,
      )
      .get()
    if (!row) throw new Error('The store is empty.')
    return row
  } finally {
    database.close()
  }
}

/** Resolves once all that had happened up to event `seq` is in what reports go by. */
export async function untilFolded(client: HttpClient, seq: number): Promise<void> {
  const period = { from: new Date(0).toISOString(), to: new Date(1).toISOString() }
  const asked = query('reports.run', { report: 'volume', groupBy: 'month', ...period })
  while ((dataOf((await client.send(asked)).json) as Report).seq < seq);
}

const foldedDir = (filledDir: string) => join(filledDir, 'folded')

/** Leaves a store whose history was folded for parts to come, beside the one that it was made of. */
export async function keepFolded(filledDir: string, dataDir: string): Promise<void> {
  const kept = foldedDir(filledDir)
  await rm(kept, { recursive: true, force: true })
  await mkdir(kept)
  await rename(databaseFile(dataDir), databaseFile(kept))
}

/** The store whose history was folded, if one was left, else as it was filled. */
export const foldedElse = (filledDir: string): string =>
  existsSync(databaseFile(foldedDir(filledDir))) ? foldedDir(filledDir) : filledDir
