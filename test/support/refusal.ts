import { TRPCClientError } from '@trpc/client'

/** What a refused call answered in `error.data`. Throws when the call was not refused. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown> & { reason: string }> {
  try {
    await call
  } catch (error) {
    if (error instanceof TRPCClientError && error.data) return error.data as never
    throw error
  }
  throw new Error('The call was not refused.')
}
