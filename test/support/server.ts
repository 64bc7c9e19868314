import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { EventSource } from 'eventsource'
import { pino } from 'pino'
import { createApp, type Services } from '../../server/app.ts'
import { createHttpServer, type Encryption } from '../../server/api/http-server.ts'
import type { AppRouter } from '../../server/api/root.ts'
import { systemClock, type Clock } from '../../server/clock.ts'
import { isAlarm } from './desk-clock.ts'

export type Client = ReturnType<typeof createTRPCClient<AppRouter>>

export const ADMIN = { name: 'Ana Souza', email: 'ana@ipe.example', password: 'senha-bem-comprida' }
export const PASSWORD = 'outra-senha-comprida'

/** The real server on a store of its own and a free port. Close it, or declare it with `await using`. */
export interface TestServer extends AsyncDisposable {
  url: string
  dataDir: string
  services: Services
  /** A typed client; `commandId` goes along as the idempotency key of its mutations. */
  client(token?: string, options?: { commandId?: string }): Client
  /** Does the first run and answers the administrator's token. */
  setup(): Promise<string>
  /** Makes an agent and logs them in. */
  join(
    adminToken: string,
    agent: { name: string; email: string; role?: 'agent' | 'supervisor' | 'admin'; teamIds?: string[] },
  ): Promise<{ token: string; id: string }>
  /** Cuts every open connection, as a pulled network plug would. */
  destroyConnections(): void
  /** Stops the server and leaves the folder for the next one. */
  stop(): Promise<void>
}

export interface TestServerOptions {
  clock?: Clock
  /** An earlier server's folder, to go on with its store. */
  dataDir?: string
  port?: number
  /** Makes a certificate and speaks HTTPS too; `isLoopback` says for whom plain HTTP is. */
  tls?: Partial<Encryption['plainHttp'] & Pick<Encryption, 'firstWordPatienceMs'>>
}

const ownCertificate = { host: '127.0.0.1', tlsCert: null, tlsKey: null, discovery: false }

export async function startTestServer({
  clock = systemClock,
  dataDir,
  port = 0,
  tls,
}: TestServerOptions = {}): Promise<TestServer> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'balcao-test-')))
  const services = await createApp({ dataDir: folder }, clock, isAlarm(clock) ? clock : undefined)
  const webRoot = process.env['BALCAO_TEST_CLIENT'] ?? join(import.meta.dirname, '../../out/renderer')
  const logger = pino({ level: process.env['BALCAO_TEST_LOG'] ?? 'silent' })
  const { allowHttp = false, isLoopback = () => true, ...patience } = tls ?? {}
  const identity = tls && (await services.network.open({ ...ownCertificate, dataDir: folder, allowHttp }))
  const encryption = identity && { identity, plainHttp: { allowHttp, isLoopback }, ...patience }
  const server = await createHttpServer(services, logger, webRoot, encryption)
  services.schedule.start(logger)
  services.recompute.start(logger)
  services.timeRules.scan.start(logger)
  const url = await server.listen({ port, host: '127.0.0.1' })
  let stopped: Promise<void> | undefined

  const client = (token?: string, { commandId }: { commandId?: string } = {}): Client => {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
    const AuthorizedEventSource = class extends EventSource {
      constructor(address: string | URL) {
        super(address, {
          fetch: (input, init) => fetch(input, { ...init, headers: { ...init?.headers, ...headers } }),
        })
      }
    }
    return createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ type }) => type === 'subscription',
          true: httpSubscriptionLink({ url: `${url}/trpc`, EventSource: AuthorizedEventSource }),
          false: httpLink({
            url: `${url}/trpc`,
            headers: { ...headers, ...(commandId ? { 'idempotency-key': commandId } : {}) },
          }),
        }),
      ],
    })
  }

  const stop = () =>
    (stopped ??= (async () => {
      services.shutdown.abort()
      server.server.closeAllConnections()
      await server.close()
      await services.exports.stop()
      await services.schedule.stop()
      await services.jobRunner.stop()
      await services.recompute.stop()
      await services.timeRules.scan.stop()
      await services.facts.stop()
      await services.reportThreads.stop()
      await services.store.close()
    })())

  return {
    url,
    dataDir: folder,
    services,
    client,
    async setup() {
      const { token } = await client().setup.create.mutate({
        company: 'Papelaria Ipê',
        timezone: 'America/Sao_Paulo',
        locale: 'pt-BR',
        admin: ADMIN,
      })
      return token
    },
    async join(adminToken, { role = 'agent', teamIds = [], ...agent }) {
      const { id } = await client(adminToken).agents.create.mutate({
        ...agent,
        role,
        teamIds,
        password: PASSWORD,
      })
      const { token } = await client().auth.login.mutate({ email: agent.email, password: PASSWORD })
      return { token, id }
    },
    destroyConnections: () => server.server.closeAllConnections(),
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      if (!dataDir) await rm(folder, { recursive: true, force: true })
    },
  }
}
