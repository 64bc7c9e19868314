/** Starting with the computer, hidden: alerts come in before anybody thinks of opening the program. */
import type { DesktopPorts } from '../ports.ts'

/** What the system adds to the command line at log-in. */
const HIDDEN_FLAG = '--hidden'

export function isStartedHidden(argv: readonly string[]): boolean {
  return argv.includes(HIDDEN_FLAG)
}

export interface LoginStart {
  /** Null where it can't be had. */
  isEnabled(): boolean | null
  enable(on: boolean): void
  onChanged(listener: () => void): void
}

/** From the source folder the system would start an Electron without a program. */
export function createLoginStart({
  env,
  loginItem,
  log,
}: Pick<DesktopPorts, 'env' | 'loginItem' | 'log'>): LoginStart {
  const listeners: (() => void)[] = []
  return {
    isEnabled: () => (env.isInstalled ? loginItem.isEnabled() : null),
    enable(on) {
      if (!env.isInstalled) return
      try {
        loginItem.enable(on)
      } catch (error) {
        // Whoever asked sees that nothing has changed.
        log(`the system does not take the start at log-in: ${String(error)}`)
      }
      listeners.forEach((listener) => listener())
    },
    onChanged: (listener) => void listeners.push(listener),
  }
}
