import type { Dock } from 'electron'

/** macOS's dock, and on Linux the launcher's number. */
export class DockStandIn implements Pick<Dock, 'setBadge' | 'bounce' | 'cancelBounce'> {
  badge = ''
  /** The kinds of every bounce so far. */
  readonly bounces: ('critical' | 'informational')[] = []

  /** It bounces until looked at, or until this is called off. */
  isBouncing = false

  setBadge(text: string): void {
    this.badge = text
  }

  bounce(kind: 'critical' | 'informational' = 'informational'): number {
    this.isBouncing = kind === 'critical'
    return this.bounces.push(kind)
  }

  cancelBounce(id: number): void {
    if (id === this.bounces.length) this.isBouncing = false
  }
}
