import type { IpcHandlers } from '../ipc/inlet.ts'
import type { UpdatesAnswers } from './ipc.ts'
import type { Updates } from './updates.ts'

export function createUpdatesHandlers(updates: Updates): Pick<IpcHandlers, keyof UpdatesAnswers> {
  return {
    'updates.get': () => updates.state(),
    'updates.check': () => updates.look(),
    'updates.install': () => updates.install(),
  }
}
