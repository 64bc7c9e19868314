import { join } from 'node:path'

/**
 * How Node runs the server. Its young objects are short-lived rows and answers: a small nursery keeps memory down (after 2,000
 * lists of a store of 100,000 tickets 194 MB instead of 319).
 */
export const serverCommand = ['--max-semi-space-size=4', join(import.meta.dirname, '../server/main.ts')]
