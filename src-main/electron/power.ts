import { powerMonitor } from 'electron'
import type { Power } from '../ports.ts'

export const power: Power = {
  onSuspend: (listener) => void powerMonitor.on('suspend', listener),
  onResume: (listener) => void powerMonitor.on('resume', listener),
  onLock: (listener) => void powerMonitor.on('lock-screen', listener),
  onUnlock: (listener) => void powerMonitor.on('unlock-screen', listener),
}
