import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Viewer } from '../access/viewer.ts'
import { contextOf } from '../api/request-context.ts'
import type { Services } from '../app.ts'
import { AppError, notFound } from '../errors.ts'
import { parseByteRange } from '../files/byte-range.ts'

/**
 * `GET /updates/:name` for the clients' updater, which knows no session: a release is no secret, and its list says by SHA-512 what
 * each file must be. `POST /updates/:name` takes one file from whoever manages the office, as the bare body.
 */
export async function registerUpdateRoutes(
  scope: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  // Streamed to disk as it comes: the server's ordinary limit of a body is for what is held in memory.
  scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))

  scope.get<{ Params: { name: string } }>('/updates/:name', async (request, reply) => {
    const found = await services.updates.open(request.params.name)
    if (!found) throw notFound('updates')
    const { content, size } = found
    const range = parseByteRange(request.headers.range, size)
    if (range === 'unsatisfiable') {
      await content.close()
      return reply.code(416).header('content-range', `bytes */${size}`).type('text/plain').send('')
    }
    if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`)
    reply.headers({
      'content-type': request.params.name.endsWith('.yml') ? 'text/yaml' : 'application/octet-stream',
      'content-length': range ? range.end - range.start + 1 : size,
      'cache-control': 'no-cache',
      'accept-ranges': 'bytes',
    })
    return reply.send(content.createReadStream(range))
  })

  scope.post<{ Params: { name: string } }>(
    '/updates/:name',
    { bodyLimit: Number.MAX_SAFE_INTEGER },
    async (request) => {
      const viewer = await managerOf(request, services)
      const content = request.body as AsyncIterable<Buffer> | undefined
      if (!content || request.headers['content-type'] !== 'application/octet-stream')
        throw new AppError('VALIDATION', 'updates.strange_file')
      return services.updates.add(viewer, { name: request.params.name, content })
    },
  )
}

/** @throws UNAUTHENTICATED `auth.required`, FORBIDDEN `auth.forbidden` */
async function managerOf(request: FastifyRequest, services: Services): Promise<Viewer> {
  const { viewer } = await contextOf(request, services, request.log)
  if (!viewer) throw new AppError('UNAUTHENTICATED', 'auth.required')
  if (!viewer.permissions.has('office.manage')) throw new AppError('FORBIDDEN', 'auth.forbidden')
  return viewer
}
