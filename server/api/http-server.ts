import { randomUUID } from 'node:crypto'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type { Services } from '../app.ts'
import { AppError } from '../errors.ts'
import { registerLiveRoute } from '../events/live.routes.ts'
import { registerFileRoutes } from '../files/files.routes.ts'
import { version } from '../version.ts'
import { errorMapping } from './error-mapping.ts'
import { sendError, sendTrpcShaped } from './http-errors.ts'
import { contextOf } from './request-context.ts'
import { appRouter, type AppRouter } from './root.ts'
import { serveWebClient } from './web-client.ts'

/** A long e-mail with its HTML fits; files have a door of their own. Bytes. */
const BODY_LIMIT = 2 * 1024 * 1024

/** The page of the desktop client; browsers are served from this server itself and need no permission. */
const DESKTOP_ORIGIN = 'app://balcao'

/** The HTTP front of the server: health, tRPC, files and the web client. */
export async function createHttpServer(
  services: Services,
  logger: FastifyBaseLogger,
  webRoot: string,
): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: logger,
    bodyLimit: BODY_LIMIT,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 5_000 },
  })
  // A desk on plain HTTP in the office must not be upgraded to a TLS that it does not have.
  await server.register(helmet, {
    contentSecurityPolicy: false,
    hsts: false,
    crossOriginResourcePolicy: false,
  })
  await server.register(cors, {
    origin: [DESKTOP_ORIGIN],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'last-event-id'],
    maxAge: 86_400,
  })
  server.setErrorHandler(answerError)

  server.get('/health', () => ({ status: 'ok', name: 'balcao', version, api: 1 }))
  await server.register(registerLiveRoute, { services })
  await server.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: ({ req }) => contextOf(req, services, server.log),
      maxBatchSize: 50,
      onError({ error: { cause }, path }) {
        if (cause instanceof AppError)
          server.log[errorMapping[cause.code].log]({ path, reason: cause.reason }, 'refused')
      },
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>)
  await server.register(registerFileRoutes, { services })
  await serveWebClient(server, webRoot)
  return server
}

/** Whatever goes wrong outside tRPC: the caller's mistakes are told, ours get an id and a line in the log. */
function answerError(
  error: FastifyError | AppError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof AppError) return sendError(reply, error)
  const status = error.statusCode ?? 500
  if (status === 413)
    return sendTrpcShaped(reply, 'PAYLOAD_TOO_LARGE', 'request.too_large', { limit: BODY_LIMIT })
  if (status === 415) return sendTrpcShaped(reply, 'UNSUPPORTED_MEDIA_TYPE', 'request.unsupported_media_type')
  if (status >= 400 && status < 500) return sendTrpcShaped(reply, 'BAD_REQUEST', 'request.unreadable')
  const faultId = randomUUID()
  request.log.error({ faultId, err: error, url: request.url.split('?')[0] }, 'fault')
  return sendTrpcShaped(reply, 'INTERNAL_SERVER_ERROR', 'server.fault', { faultId })
}
