import { Desk1790000000000 } from './1790000000000-desk.ts'

/** In order. Never edit one that was released: add the next. */
export const migrations = [Desk1790000000000]
