import { randomUUID } from 'node:crypto'
import { initTRPC } from '@trpc/server'
import { ZodError } from 'zod'
import type { Permission, Viewer } from '../access/viewer.ts'
import type { Services } from '../app.ts'
import { AppError } from '../errors.ts'
import { refusalIn, toTrpcError } from './error-mapping.ts'

/** What a request carries. */
export interface Context {
  services: Services
  /** Who asks, when a valid session came with the request. */
  viewer: Viewer | null
  /** The session's secret, for logging out; never logged. */
  token: string | null
  /** A wall screen's secret, which opens nothing but `wall.*`; never logged. */
  wallSecret: string | null
  /** The caller's network address, and whether it is this very machine. */
  address: string
  isLocal: boolean
  device: string
  /** Made by the client for each write, so that a retry is recognised. */
  commandId: string | null
  /** Reports a fault that the caller only sees the id of. */
  reportFault(faultId: string, error: unknown, path: string | undefined): void
}

/** Every procedure says who may call it; `'open'` needs no session. */
export interface Meta {
  permission?: Permission | 'open'
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter({ shape, error, ctx, path }) {
      const data: Record<string, unknown> = { code: shape.data.code, httpStatus: shape.data.httpStatus, path }
      if (error.cause instanceof AppError)
        return {
          ...shape,
          message: error.cause.reason,
          data: { ...data, reason: error.cause.reason, ...error.cause.details },
        }
      if (error.cause instanceof ZodError)
        return {
          ...shape,
          message: 'input.invalid',
          data: { ...data, reason: 'input.invalid', fieldErrors: fieldErrors(error.cause) },
        }
      if (error.code === 'INTERNAL_SERVER_ERROR') {
        const faultId = randomUUID()
        ctx?.reportFault(faultId, error.cause ?? error, path)
        return { ...shape, message: 'server.fault', data: { ...data, reason: 'server.fault', faultId } }
      }
      const reason = `request.${error.code.toLowerCase()}`
      return { ...shape, message: reason, data: { ...data, reason } }
    },
  })

export const router = t.router

/** Turns the domain's refusals into tRPC's, once, so that HTTP and direct calls answer alike. */
const refusals = t.middleware(async ({ next }) => {
  const result = await next()
  const refusal = result.ok ? undefined : refusalIn(result.error)
  if (refusal) throw toTrpcError(refusal)
  return result
})

/** For what must work without a session: the first run, logging in. */
export const openProcedure = t.procedure.meta({ permission: 'open' }).use(refusals)

/** For signed-in agents that hold `permission`; `ctx.viewer` is then certain. */
export const permitted = (permission: Permission) =>
  t.procedure
    .meta({ permission })
    .use(refusals)
    .use(({ ctx, next }) => {
      if (!ctx.viewer) throw new AppError('UNAUTHENTICATED', 'auth.required')
      if (!ctx.viewer.permissions.has(permission)) throw new AppError('FORBIDDEN', 'auth.forbidden')
      return next({ ctx: { ...ctx, viewer: ctx.viewer } })
    })

/** Zod's issues by the path of the field they stand at, each as a stable code that clients translate. */
function fieldErrors(error: ZodError): Record<string, string[]> {
  const byField: Record<string, string[]> = {}
  for (const issue of error.issues) (byField[issue.path.join('.')] ??= []).push(issueReason(issue))
  return byField
}

/** `input.too_small`, `input.invalid_format` …; a schema's own message wins when it is already such a dotted name. */
function issueReason(issue: ZodError['issues'][number]): string {
  return /^[a-z]+(\.[a-z_]+)+$/.test(issue.message) ? issue.message : `input.${issue.code}`
}
