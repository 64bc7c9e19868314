import { Agent } from './agent.ts'
import type { HttpClient } from './http-client.ts'
import type { Landmarks } from './landmarks.ts'
import { summarise } from './measure.ts'
import { query, writeOperations } from './operations.ts'
import type { BenchOptions } from './options.ts'
import type { DashboardResult } from './report-dashboard.ts'
import { foldedElse, onCopy, withServer, type Run } from './server-run.ts'

/** Servers that are started anew for the first answer. */
const STARTS = 3
const WATCHERS = 20
const ROUNDS = 200

/** How soon a dashboard has its first figures, and what twenty that are open cost those who work. */
export const measureDashboard = (filledDir: string, options: BenchOptions): Promise<DashboardResult> =>
  onCopy(foldedElse(filledDir), async (dataDir) => {
    const firsts: number[] = []
    for (let start = 1; start < STARTS; start++)
      firsts.push(await withServer(dataDir, options, ({ client }) => look(client())))
    return withServer(dataDir, options, (run) => measureServer(run, firsts))
  })

const look = async (client: HttpClient) => (await client.send(query('dashboard.live', {}))).ms

async function measureServer({ client, landmarks, extent }: Run, firsts: number[]): Promise<DashboardResult> {
  const [screen, desk] = [client(), client()]
  firsts.push(await look(screen))
  const again: number[] = []
  const afterNews: number[] = []
  const { reply } = writeOperations(landmarks)
  for (let round = 0; round < ROUNDS; round++) {
    again.push(await look(screen))
    await desk.send(reply.desk(round))
    afterNews.push(await look(screen))
  }
  const agent = new Agent(desk, landmarks)
  const calm = await agent.work((rounds) => rounds < ROUNDS)
  const watchers = await Watchers.open(client, landmarks)
  const begun = performance.now()
  const whileWatched = await agent.work((rounds) => rounds < ROUNDS)
  const pushes = watchers.pushes / ((performance.now() - begun) / 1_000) / WATCHERS
  watchers.close()
  return {
    ...{ tickets: extent.tickets, watchers: WATCHERS },
    first: summarise(firsts),
    again: summarise(again),
    afterNews: summarise(afterNews),
    opened: summarise(watchers.firstMs),
    pushesASecond: pushes,
    agents: { calm, whileWatched },
  }
}

/** Screens that show the whole desk, or one of its teams. */
class Watchers {
  readonly firstMs: number[] = []
  /** Since all of them had their first. */
  pushes = 0
  readonly #ends: (() => void)[] = []

  static async open(client: () => HttpClient, { teams }: Landmarks): Promise<Watchers> {
    const watchers = new Watchers()
    const scopes = [{}, ...teams.map((id) => ({ teamIds: [id] }))]
    await Promise.all(
      Array.from({ length: WATCHERS }, (_, index) =>
        watchers.#watch(client(), scopes[index % scopes.length] ?? {}),
      ),
    )
    watchers.pushes = 0
    return watchers
  }

  close(): void {
    for (const end of this.#ends) end()
  }

  async #watch(client: HttpClient, scope: object): Promise<void> {
    const begun = performance.now()
    const { promise, resolve } = Promise.withResolvers<void>()
    let isFirst = true
    const { path } = query('dashboard.watch', scope)
    const { close } = await client.follow(path, (text) => {
      if (!text.includes('"queues"')) return
      this.pushes += 1
      if (isFirst) this.firstMs.push(performance.now() - begun)
      isFirst = false
      resolve()
    })
    this.#ends.push(close)
    await promise
  }
}
