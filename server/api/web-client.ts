import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sendTrpcShaped } from './http-errors.ts'

/**
 * Serves the built client. Its files have their content's hash in the name and may be kept for ever; the page itself is asked
 * for each time. Every path without a file ending is a place inside the client, so it gets the page too.
 */
export async function serveWebClient(server: FastifyInstance, webRoot: string): Promise<void> {
  const isBuilt = existsSync(join(webRoot, 'index.html'))
  if (isBuilt)
    await server.register(fastifyStatic, {
      root: webRoot,
      wildcard: false,
      cacheControl: false,
      setHeaders(reply, path) {
        const isHashed = path.startsWith(join(webRoot, 'assets'))
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const isPage = request.method === 'GET' && extname(path) === '' && !/^\/(trpc|files)(\/|$)/.test(path)
    if (isBuilt && isPage) return reply.sendFile('index.html')
    return sendTrpcShaped(reply, 'NOT_FOUND', 'request.not_found')
  })
}
