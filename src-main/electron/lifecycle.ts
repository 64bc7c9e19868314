import { app } from 'electron'
import type { Lifecycle } from '../ports.ts'

export function createLifecycle(): Lifecycle {
  return {
    claimSingleInstance: () => app.requestSingleInstanceLock(),
    onSecondStart: (listener) => void app.on('second-instance', listener),
    ready: () => app.whenReady(),
    onActivate: (listener) => void app.on('activate', listener),
    onAllWindowsClosed: (listener) => void app.on('window-all-closed', listener),
    quit: () => app.quit(),
  }
}
