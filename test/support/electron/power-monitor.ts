import { StrictEmitter } from './strict.ts'

export class PowerMonitorStandIn extends StrictEmitter {
  constructor() {
    super('powerMonitor', ['suspend', 'resume', 'lock-screen', 'unlock-screen', 'shutdown'])
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

  /** The system is about to end, or the person's session. */
  shutDown(): void {
    this.emit('shutdown', { preventDefault: () => undefined })
  }
}
