import type { FastifyInstance } from 'fastify'
import { contextOf } from '../../api/request-context.ts'
import type { Services } from '../../app.ts'
import { AppError, notFound } from '../../errors.ts'
import { contentDisposition } from '../../files/file-name.ts'
import { idSchema } from '../../ids.ts'

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** `GET /exports/:id`: a finished file, for whoever asked for it. */
export async function registerExportRoutes(
  scope: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  scope.get<{ Params: { id: string } }>('/exports/:id', async (request, reply) => {
    const { viewer } = await contextOf(request, services, request.log)
    if (!viewer) throw new AppError('UNAUTHENTICATED', 'auth.required')
    if (!viewer.permissions.has('tickets.readAll')) throw new AppError('FORBIDDEN', 'auth.forbidden')
    const id = idSchema.safeParse(request.params.id)
    if (!id.success) throw notFound('exports')
    const { view, content } = await services.exports.open(viewer, id.data)
    reply.headers({
      'content-type': types[view.format],
      'content-disposition': contentDisposition(view.fileName, false),
      'content-length': view.size ?? 0,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    return reply.send(content.createReadStream())
  })
}
