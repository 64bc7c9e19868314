import { Desk1790000000000 } from './1790000000000-desk.ts'
import { Promises1800000000000 } from './1800000000000-promises.ts'

/** In order. Never edit one that was released: add the next. */
export const migrations = [Desk1790000000000, Promises1800000000000]
