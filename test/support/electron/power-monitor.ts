import type { PowerMonitor } from 'electron'
import { StrictEmitter } from './strict.ts'

export class PowerMonitorStandIn extends StrictEmitter implements Pick<PowerMonitor, 'getSystemIdleTime'> {
  idleSeconds = 0

  constructor() {
    super('powerMonitor', ['suspend', 'resume', 'lock-screen', 'unlock-screen'])
  }

  getSystemIdleTime(): number {
    return this.idleSeconds
  }

  sleep(): void {
    this.emit('suspend')
  }

  wakeUp(): void {
    this.emit('resume')
  }

  lock(): void {
    this.emit('lock-screen')
  }

  unlock(): void {
    this.emit('unlock-screen')
  }
}
