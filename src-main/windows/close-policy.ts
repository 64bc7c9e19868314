/** What closing a window means. Pure. */
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { WindowKind } from '../ports.ts'

export interface Closing {
  readonly kind: WindowKind
  readonly platform: DesktopPlatform
  /** The setting of this computer. */
  readonly closeToTray: boolean
  /** The program is ending: somebody quit, logs off or shuts down. */
  readonly isQuitting: boolean
}

/** `close`: it goes. `hide`: out of sight, with all that is typed in it. `quit`: it goes, and the program with it. */
export function closePolicy({ kind, platform, closeToTray, isQuitting }: Closing): 'close' | 'hide' | 'quit' {
  if (isQuitting) return 'close'
  // It is shown again at the next urgent alert; making it anew would be late.
  if (kind === 'alert') return 'hide'
  if (kind !== 'main') return 'close'
  // A Mac program stays in the dock without windows; a hidden full-screen window leaves a black screen there.
  if (platform === 'macos') return 'close'
  return closeToTray ? 'hide' : 'quit'
}
