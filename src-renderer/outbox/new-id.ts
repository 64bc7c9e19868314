import { v7 } from 'uuid'

/** Ids of commands and of the rows they make. Not crypto.randomUUID: pages that came over plain http don't have it. */
export const newId = (): string => v7()
