import { join } from 'node:path'
import { NODE_FLAGS } from '../server/install/service.ts'

/** How Node runs the server from its source. */
export const serverCommand = [...NODE_FLAGS, join(import.meta.dirname, '../server/main.ts')]
