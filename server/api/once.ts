import { createHash } from 'node:crypto'
import type { Viewer } from '../access/viewer.ts'
import { AppError } from '../errors.ts'
import type { Context } from './trpc.ts'

interface Call<Input> {
  ctx: Context & { viewer: Viewer }
  input: Input
  path: string
}

/**
 * Wraps a mutation's resolver so that a retry with the same `Idempotency-Key` is answered with the first answer and does
 * nothing: the answer is remembered in the transaction that did the work, so the two can't come apart in a power cut.
 * @throws CONFLICT `command.reused` when the key came before with another procedure or input.
 */
export function once<Input, Output>(resolve: (call: Call<Input>) => Promise<Output>) {
  return async (call: Call<Input>): Promise<Output> => {
    const { ctx, input, path } = call
    const { commandId, viewer } = ctx
    if (commandId === null) return resolve(call)
    const { store, clock } = ctx.services
    const inputHash = createHash('sha256')
      .update(JSON.stringify(input) ?? '')
      .digest('base64url')
    return store.write(async (tx) => {
      const [known] = await tx.db.sql<{ procedure: string; inputHash: string; response: string }[]>`
        SELECT procedure, inputHash, response FROM command WHERE agentId = ${viewer.agentId} AND id = ${commandId}`
      if (known) {
        if (known.procedure !== path || known.inputHash !== inputHash)
          throw new AppError('CONFLICT', 'command.reused')
        return JSON.parse(known.response) as Output
      }
      const output = await resolve(call)
      await tx.db.sql`
        INSERT INTO command (id, agentId, procedure, inputHash, response, at)
        VALUES (${commandId}, ${viewer.agentId}, ${path}, ${inputHash}, ${JSON.stringify(output ?? null)}, ${clock.now()})`
      return output
    })
  }
}
