import type { z } from 'zod'
import { invalid } from '../errors.ts'

/** Where a list goes on. Opaque to clients. */
export const encodeCursor = (position: (string | number)[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url')

/** @throws VALIDATION `input.cursor` for what was not made by {@link encodeCursor} of the same list */
export function decodeCursor<Position>(cursor: string, position: z.ZodType<Position>): Position {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw invalid('cursor', 'input.cursor')
  }
}
