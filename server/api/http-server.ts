import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerFactory,
} from 'fastify'
import type { Services } from '../app.ts'
import { AppError } from '../errors.ts'
import { registerDashboardRoutes } from '../dashboards/dashboards.routes.ts'
import { registerLiveRoute } from '../events/live.routes.ts'
import { registerFileRoutes } from '../files/files.routes.ts'
import { registerExportRoutes } from '../reports/export/exports.routes.ts'
import { registerPhoneHook } from '../phone/phone.routes.ts'
import { API_VERSION, OLDEST_API_VERSION } from '../updates/contract.ts'
import { registerUpdateRoutes } from '../updates/updates.routes.ts'
import { version } from '../version.ts'
import type { TlsIdentity } from '../tls/identity.ts'
import { TwoProtocolServer, type TwoProtocolOptions } from '../tls/two-protocols.ts'
import { guardDoor } from './door.ts'
import { errorMapping, refusalIn, toTrpcError } from './error-mapping.ts'
import { answerClientError, answerError } from './http-errors.ts'
import { refusePlainHttp, type PlainHttpRule } from './plain-http.ts'
import { contextOf } from './request-context.ts'
import { appRouter, type AppRouter } from './root.ts'
import { serveWebClient } from './web-client.ts'
import { sendWhole } from './whole-answers.ts'

/** A long e-mail with its HTML fits; files have a door of their own. Bytes. */
const BODY_LIMIT = 2 * 1024 * 1024

/** For sending a whole request, the largest file over the slowest line included. */
const REQUEST_PATIENCE_MS = 10 * 60_000

/** The page of the desktop client; browsers are served from this server itself and need no permission. */
const DESKTOP_ORIGIN = 'app://balcao'

/** With a certificate the one port speaks HTTPS too, and plain HTTP is for those whom the rule lets. */
export interface Encryption extends Omit<TwoProtocolOptions, 'identity'> {
  identity: TlsIdentity
  plainHttp: PlainHttpRule
}

/** The HTTP front of the server: health, tRPC, files and the web client. Without `encryption` it speaks plain HTTP only. */
export async function createHttpServer(
  services: Services,
  logger: FastifyBaseLogger,
  webRoot: string,
  encryption?: Encryption,
): Promise<FastifyInstance> {
  const server = Fastify({
    ...(encryption && { serverFactory: twoProtocols(encryption) }),
    loggerInstance: logger,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_PATIENCE_MS,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 5_000 },
    frameworkErrors: answerError,
    clientErrorHandler: answerClientError,
  })
  guardDoor(server, services.shutdown.signal)
  if (encryption) refusePlainHttp(server, encryption.plainHttp)
  // A desk on plain HTTP in the office must not be upgraded to a TLS that it does not have.
  await server.register(helmet, {
    contentSecurityPolicy: false,
    hsts: false,
    crossOriginResourcePolicy: false,
  })
  await server.register(cors, {
    origin: [DESKTOP_ORIGIN],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'last-event-id'],
    exposedHeaders: ['date'],
    maxAge: 86_400,
  })
  server.setErrorHandler(answerError)
  server.addHook('onSend', sendWhole)
  // Clients reckon what is left by this clock, whatever their own says.
  server.addHook('onSend', async (_request, reply) => {
    reply.header('date', new Date(services.clock.now()).toUTCString())
  })

  server.get('/health', async () => ({
    ...{ status: 'ok', name: 'balcao', version, api: API_VERSION, apiSince: OLDEST_API_VERSION },
    ...(await services.network.health()),
  }))
  await server.register(registerLiveRoute, { services })
  await server.register(registerDashboardRoutes, { services })
  await server.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: ({ req }) =>
        contextOf(req, services, server.log).catch((error: unknown) => {
          const refusal = refusalIn(error)
          throw refusal ? toTrpcError(refusal) : error
        }),
      maxBatchSize: 50,
      onError({ error, path, ctx }) {
        const { cause } = error
        if (cause instanceof AppError)
          server.log[errorMapping[cause.code].log](
            { path, reason: cause.reason, ...(cause.cause ? { err: cause.cause } : {}) },
            'refused',
          )
        // Without a context nobody could report it yet.
        else if (!ctx && error.code === 'INTERNAL_SERVER_ERROR')
          server.log.error({ path, err: error }, 'fault')
      },
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>)
  await server.register(registerFileRoutes, { services })
  await server.register(registerUpdateRoutes, { services })
  await server.register(registerExportRoutes, { services })
  await server.register(registerPhoneHook, { services })
  await serveWebClient(server, webRoot)
  return server
}

const twoProtocols =
  ({ identity, firstWordPatienceMs }: Encryption): FastifyServerFactory =>
  (onRequest, { keepAliveTimeout }) =>
    new TwoProtocolServer(
      {
        identity,
        ...(firstWordPatienceMs !== undefined && { firstWordPatienceMs }),
        keepAliveTimeout: Number(keepAliveTimeout),
        requestTimeout: REQUEST_PATIENCE_MS,
      },
      onRequest,
    )
