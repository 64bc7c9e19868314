import { v7 } from 'uuid'
import { z } from 'zod'

/** Ids sort by the time they were made, which keeps inserts at the end of every index. */
export const newId = (): string => v7()

/** An id as it comes from outside. */
export const idSchema = z.uuid()
