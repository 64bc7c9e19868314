/** What this program needs of a desktop, in its own words. `electron/` provides it; nothing else here knows Electron. */
import type { DesktopPlatform, IpcChannel } from './ipc/contract.ts'
import type { IpcSender } from './ipc/inlet.ts'
import type { ContextEntry, ContextTarget } from './menu/context-menu.ts'
import type { MenuModel } from './menu/model.ts'
import type { Rectangle, WindowPlace } from './window-place.ts'

export interface DesktopPorts {
  readonly env: DesktopEnvironment
  readonly lifecycle: Lifecycle
  readonly windows: Windows
  readonly displays: Displays
  readonly encryption: Encryption
  readonly appProtocol: AppProtocol
  readonly ipc: IpcInlet
  readonly menu: Menu
  readonly outside: Outside
  readonly fetch: (url: string, init: { signal: AbortSignal }) => Promise<Response>
  /** A line for whoever started the program from a terminal. */
  readonly log: (line: string) => void
}

interface DesktopEnvironment {
  readonly platform: DesktopPlatform
  /** This client's own folder; it exists. */
  readonly userDataDir: string
  readonly rendererDir: string
  /** The system's languages, most wanted first (BCP 47). Known once `ready`. */
  systemLanguages(): readonly string[]
}

export interface Lifecycle {
  /** False when another instance already runs on the same folder; that one is told. */
  claimSingleInstance(): boolean
  onSecondStart(listener: () => void): void
  ready(): Promise<void>
  /** macOS: the dock icon was clicked while no window may be open. */
  onActivate(listener: () => void): void
  onAllWindowsClosed(listener: () => void): void
  quit(): void
}

export interface Windows {
  /** Opens hidden, loads `url`, and shows itself once there is something to see. */
  open(options: { readonly url: string; readonly place: WindowPlace }): DesktopWindow
}

export interface DesktopWindow {
  /** Restores, shows and raises it. */
  focus(): void
  /** A right click on the page: shows what `plan` offers, nothing when that is empty. */
  onContextMenu(plan: (target: ContextTarget) => readonly ContextEntry[]): void
  /** It is about to close: the place to open it at next time. The page may still refuse to close. */
  onClosing(listener: (place: WindowPlace) => void): void
  onClosed(listener: () => void): void
}

interface Displays {
  /** The part of each screen that is free for windows; the primary screen first. */
  workAreas(): readonly Rectangle[]
}

export interface Encryption {
  /** False where the system has no keychain, or one that only pretends. */
  isAvailable(): Promise<boolean>
  encrypt(text: string): Promise<Buffer>
  decrypt(data: Buffer): Promise<string>
}

export interface AppProtocol {
  /** Answers every request for an address below `app://`. */
  serve(answer: (url: URL) => Promise<Response>): void
}

export interface IpcInlet {
  handle(
    channel: IpcChannel,
    listener: (sender: IpcSender, args: readonly unknown[]) => Promise<unknown>,
  ): void
}

export interface Menu {
  show(menu: MenuModel): void
}

interface Outside {
  /** Hands an address to the system's browser, mail or phone program. */
  open(url: string): Promise<void>
}
