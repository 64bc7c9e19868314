import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Attention } from '../ports.ts'
import { macState } from './attention-signs.ts'

export const macAttention: Attention = {
  state: async () =>
    macState(await readFile(join(homedir(), 'Library/DoNotDisturb/DB/Assertions.json'), 'utf8')),
  // Electron offers no way to ask; a notification that is not allowed fails and says so.
  permission: () => Promise.resolve('unknown'),
}
