import type { Dock } from 'electron'

/** macOS's dock, and on Linux the launcher's number. */
export class DockStandIn implements Pick<Dock, 'setBadge' | 'bounce'> {
  badge = ''
  /** The kinds of every bounce so far. */
  readonly bounces: ('critical' | 'informational')[] = []

  setBadge(text: string): void {
    this.badge = text
  }

  bounce(kind: 'critical' | 'informational' = 'informational'): number {
    return this.bounces.push(kind)
  }
}
