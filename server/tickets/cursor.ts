import { z } from 'zod'
import { invalid } from '../errors.ts'

const schema = z.tuple([z.number(), z.number()])
/** The last row's sort value and its `seq`, which makes the order total. */
export type Cursor = z.infer<typeof schema>

export const encodeCursor = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** @throws VALIDATION `input.cursor_unreadable` */
export function decodeCursor(text: string): Cursor {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw invalid('cursor', 'input.cursor_unreadable')
  }
}
