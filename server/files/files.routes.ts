import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from '../access/viewer.ts'
import { contextOf } from '../api/request-context.ts'
import type { Services } from '../app.ts'
import { AppError, notFound } from '../errors.ts'
import { idSchema } from '../ids.ts'
import { parseByteRange } from './byte-range.ts'
import { inlineTypes, MAX_FILE_SIZE } from './contract.ts'
import type { FileRow } from './file.entity.ts'
import { contentDisposition } from './file-name.ts'

/** An upload announced as larger than this is refused unread; one a little too large is read, so that its sender hears why. */
const MAX_ANNOUNCED = 4 * MAX_FILE_SIZE

/** `POST /files` and `GET /files/:id`, for signed-in agents. */
export async function registerFileRoutes(
  scope: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  await scope.register(multipart, {
    limits: { files: 1, fileSize: MAX_FILE_SIZE, fields: 10, fieldSize: 1_000, headerPairs: 50 },
    throwFileSizeLimit: false,
  })

  scope.post('/files', async (request, reply) => {
    const viewer = await viewerOf(request, services)
    if (Number(request.headers['content-length'] ?? 0) > MAX_ANNOUNCED) {
      reply.header('connection', 'close')
      throw new AppError('TOO_LARGE', 'files.too_large', { details: { limit: MAX_FILE_SIZE } })
    }
    if (!request.isMultipart()) throw new AppError('VALIDATION', 'files.not_multipart')
    const part = await request.file().catch(refuseUnreadable)
    if (!part) throw new AppError('VALIDATION', 'files.missing')
    return services.files.upload(viewer, {
      name: unescaped(part.filename),
      content: readable(part.file),
      cutShort: () => part.file.truncated,
    })
  })

  scope.get<{ Params: { id: string }; Querystring: { inline?: string } }>(
    '/files/:id',
    async (request, reply) => {
      const viewer = await viewerOf(request, services)
      const id = idSchema.safeParse(request.params.id)
      if (!id.success) throw notFound('files')
      const { file, content } = await services.files.open(viewer, id.data)
      describe(reply, file, request.query.inline === '1' && inlineTypes.includes(file.type))
      const unchanged = request.headers['if-none-match']?.split(/\s*,\s*/).includes(etagOf(file))
      const range = parseByteRange(request.headers.range, file.size)
      if (unchanged || range === 'unsatisfiable') {
        await content.close()
        return unchanged
          ? reply.code(304).send()
          : reply.code(416).header('content-range', `bytes */${file.size}`).type('text/plain').send('')
      }
      if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
      reply.header('content-length', range ? range.end - range.start + 1 : file.size)
      return reply.send(content.createReadStream(range))
    },
  )
}

/** Browsers write quotes and line ends in a form's file names like this, and nothing else. A part may have no name at all. */
const unescaped = (name: string | undefined) =>
  (name ?? '').replaceAll('%22', '"').replaceAll('%0D', '').replaceAll('%0A', '')

/** The part's content; when the form breaks off or is no form, that is the sender's mistake and not a fault of ours. */
async function* readable(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* content
  } catch (error) {
    refuseUnreadable(error)
  }
}

function refuseUnreadable(cause: unknown): never {
  throw new AppError('VALIDATION', 'files.unreadable', { cause })
}

/** @throws UNAUTHENTICATED `auth.required`, FORBIDDEN `auth.forbidden` */
async function viewerOf(request: FastifyRequest, services: Services): Promise<Viewer> {
  const { viewer } = await contextOf(request, services, request.log)
  if (!viewer) throw new AppError('UNAUTHENTICATED', 'auth.required')
  if (!viewer.permissions.has('tickets.read')) throw new AppError('FORBIDDEN', 'auth.forbidden')
  return viewer
}

/** A customer's file is a stranger's: whatever it holds, no browser is to take it for a page of ours. */
function describe(reply: FastifyReply, file: FileRow, inline: boolean): void {
  reply.headers({
    'content-type': file.type,
    'content-disposition': contentDisposition(file.name, inline),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    etag: etagOf(file),
  })
}

const etagOf = ({ sha256 }: FileRow) => `"${sha256}"`
