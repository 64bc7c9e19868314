/** What this program needs of a desktop, in its own words. `electron/` provides it; nothing else here knows Electron. */
import type { DesktopMessage, DesktopPlatform, IpcChannel } from './ipc/contract.ts'
import type { IpcSender } from './ipc/inlet.ts'
import type { ContextEntry, ContextTarget } from './menu/context-menu.ts'
import type { MenuModel } from './menu/model.ts'
import type { TrayModel } from './tray/model.ts'
import type { Rectangle, WindowPlace } from './windows/window-place.ts'

export interface DesktopPorts {
  readonly env: DesktopEnvironment
  readonly clock: Clock
  readonly lifecycle: Lifecycle
  readonly windows: Windows
  readonly displays: Displays
  readonly encryption: Encryption
  readonly appProtocol: AppProtocol
  readonly ipc: IpcInlet
  readonly menu: Menu
  readonly notifier: Notifier
  readonly tray: Tray
  readonly badge: Badge
  readonly attention: Attention
  readonly power: Power
  readonly shortcuts: Shortcuts
  readonly links: Links
  readonly loginItem: LoginItem
  readonly certificates: Certificates
  readonly updater: Updater
  readonly serverProcess: ServerProcess
  readonly questions: Questions
  readonly files: SavedFiles
  readonly outside: Outside
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** A line for whoever started the program from a terminal. */
  readonly log: (line: string) => void
}

interface DesktopEnvironment {
  readonly platform: DesktopPlatform
  /** This program's own version, as `package.json` has it. */
  readonly version: string
  /** What people call this computer: its host name. */
  readonly computerName: string
  /** False when it runs from its source folder: it can't be updated nor start at log-in then. */
  readonly isInstalled: boolean
  /** This client's own folder; it exists. */
  readonly userDataDir: string
  readonly rendererDir: string
  /** Files that come with the program: icons, sounds, the server's bundle. */
  readonly resourcesDir: string
  /** The system's languages, most wanted first (BCP 47). Known once `ready`. */
  systemLanguages(): readonly string[]
}

/** UTC milliseconds, and timers that a test can turn. */
export interface Clock {
  now(): number
  /** Calls once, after `ms`. Returns the function that cancels it. */
  after(ms: number, act: () => void): () => void
}

export interface Lifecycle {
  /** False when another instance already runs on the same folder; that one is told. */
  claimSingleInstance(): boolean
  /** Another start of the program, with its command line. Its links come through {@link Links}. */
  onSecondStart(listener: (argv: readonly string[]) => void): void
  ready(): Promise<void>
  /** macOS: the dock icon was clicked while no window may be open. */
  onActivate(listener: () => void): void
  onAllWindowsClosed(listener: () => void): void
  /** Asked before a person's wish to quit is followed, though never at log-off, shutdown or a new start; false keeps the program. */
  guardQuit(mayQuit: () => boolean): void
  /** The program is about to end, for whatever reason: windows close for good from here on. */
  onQuitting(listener: () => void): void
  /** The arguments of this very start. */
  readonly argv: readonly string[]
  quit(): void
  /** Ends the program and starts it again. */
  relaunch(): void
}

/** `main`: the desk. `ticket`: a ticket torn off. `alert`: the alert's own window. `capture`: the slim window of a call. */
export type WindowKind = 'main' | 'ticket' | 'alert' | 'capture'

export interface WindowOptions {
  readonly kind: WindowKind
  readonly url: string
  readonly place: WindowPlace
  /** `hidden` loads and waits for `show` or `focus`; `inactive` shows without taking the keyboard. */
  readonly show: 'active' | 'inactive' | 'hidden'
}

export interface Windows {
  /** Loads `url`, and shows itself as wanted once there is something to see. */
  open(options: WindowOptions): DesktopWindow
}

export interface DesktopWindow {
  /** Unique while the program runs; {@link IpcSender} names it too. */
  readonly id: number
  readonly kind: WindowKind
  /** Restores, shows and raises it, with the keyboard. */
  focus(): void
  /** Shows it above others without taking the keyboard from whoever is typing elsewhere. */
  showInactive(): void
  hide(): void
  close(): void
  isVisible(): boolean
  /** Whether the person works in it right now. */
  isFocused(): boolean
  /** Delivered once the page listens, in order; lost with the window. */
  send(message: DesktopMessage): void
  /** Taskbar (Windows, Linux) or dock bounce (macOS), until `false` or focus. */
  flash(on: boolean): void
  zoomFactor(): number
  setZoomFactor(factor: number): void
  /** The system's print dialogue. */
  print(): void
  pdf(): Promise<Uint8Array>
  /** A right click on the page: shows what `plan` offers, nothing when that is empty. */
  onContextMenu(plan: (target: ContextTarget) => readonly ContextEntry[]): void
  /** It is about to close: the place to open it at next time. `keep()` keeps it open. The page may still refuse to close. */
  onClosing(listener: (place: WindowPlace, keep: () => void) => void): void
  onClosed(listener: () => void): void
  onFocusChanged(listener: (isFocused: boolean) => void): void
  /** The page died or hangs; `reload` starts it again. */
  onGone(listener: (reason: string) => void): void
  reload(): void
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
  /** An entry of our own was chosen, by its id, with the window in front. */
  onChoose(listener: (id: string, windowId: number | null) => void): void
}

export interface NotificationSpec {
  /** Shown again under the same id, it replaces the former one. */
  readonly id: string
  /** One group per ticket: the system shows them together. */
  readonly group: string
  readonly title: string
  readonly body: string
  readonly isSilent: boolean
  readonly urgency: 'low' | 'normal' | 'critical'
  /** Stays until somebody acts, where the system can do that. */
  readonly isSticky: boolean
  /** Buttons, where the system has them; the most wanted first. */
  readonly actions: readonly { readonly id: string; readonly label: string }[]
}

/** Each is called at most once; `onShown` and `onFailed` exclude each other, and neither may come at all. */
export interface NotificationListener {
  onShown(): void
  /** The system's own words; see `alerts/failures.ts` for what they mean. */
  onFailed(error: string): void
  onClicked(): void
  onAction(id: string): void
  /** `user`: put away by hand. */
  onClosed(why: 'user' | 'timeout' | 'program' | 'unknown'): void
}

export interface Notifier {
  isSupported(): boolean
  show(spec: NotificationSpec, listener: NotificationListener): void
  /** From the screen and from the system's list. Unknown ids are passed over. */
  remove(id: string): void
}

export interface Tray {
  /** `null` takes it away. */
  show(model: TrayModel | null): void
  /** Clicked (macOS opens the menu instead). */
  onClicked(listener: () => void): void
  onChoose(listener: (id: string) => void): void
}

export interface BadgeModel {
  /** Linux counts and macOS's dock text; `''` and 0 clear it. */
  readonly count: number
  readonly text: string
  /** Windows: the little picture on the taskbar button; null clears it. */
  readonly overlay: { readonly icon: 'info' | 'warning' | 'urgent'; readonly description: string } | null
}

export interface Badge {
  show(badge: BadgeModel): void
  /** macOS: bounces the dock icon, until looked at when `critical`. Elsewhere nothing. */
  bounce(kind: 'informational' | 'critical'): void
  /** The last bounce ends, though nobody has looked. */
  calm(): void
}

/** `unknown`: this system doesn't say. */
export type AttentionState = 'free' | 'dnd' | 'presenting' | 'unknown'

/** What the person's system lets through. */
export interface Attention {
  /** Focus assist, do not disturb, a presentation. Milliseconds, not instant: it may ask the system. */
  state(): Promise<AttentionState>
  /** Whether the system's settings let this program notify. */
  permission(): Promise<'granted' | 'denied' | 'unknown'>
}

export interface Power {
  onSuspend(listener: () => void): void
  onResume(listener: () => void): void
  onLock(listener: () => void): void
  onUnlock(listener: () => void): void
}

export interface Shortcuts {
  /** A shortcut that works in every program (`CommandOrControl+Shift+L`). False when another program has it. */
  register(accelerator: string, act: () => void): boolean
  unregister(accelerator: string): void
}

export interface Links {
  /** Asks the system to hand us addresses of this scheme (`balcao`, `tel`, `callto`); false when it refused. */
  claim(scheme: string): boolean
  release(scheme: string): boolean
  isClaimed(scheme: string): boolean
  /** An address of a claimed scheme was opened, also the one that this start was made with. */
  onOpen(listener: (url: string) => void): void
}

export interface LoginItem {
  isEnabled(): boolean
  /** Started at log-in, it gets `--hidden`. */
  enable(on: boolean): void
}

export interface CertificateRequest {
  readonly hostname: string
  /** SHA-256 of the certificate's public key (SPKI, DER), in lower-case hex: a renewal with the same key keeps it. */
  readonly fingerprint: string
  /** Whether the system's own authorities vouch for it. */
  readonly isTrusted: boolean
}

export interface Certificates {
  /** Asked for every TLS connection of this program, pages and updates included. */
  verify(decide: (request: CertificateRequest) => boolean): void
}

export interface Updater {
  /** Looks below `feedUrl`; null when there is nothing newer. @throws when nobody answers or the answer is damaged. */
  check(feedUrl: string): Promise<{ version: string } | null>
  /** @throws when it breaks off; what was loaded is kept for the next try. */
  download(onProgress: (share: number) => void): Promise<void>
  /** Ends the program, installs and starts it again. */
  install(): void
}

/** The office's server, when this computer is it. */
export interface ServerProcess {
  /** False where this program brought no server along. */
  readonly isAvailable: boolean
  /**
   * Ends with this program at the latest, however that ends. `onExit` is called once; after it no line comes.
   * @throws when the folder of its data can't be made
   */
  start(
    options: { readonly dataDir: string; readonly port: number },
    listener: { onLine(line: string): void; onExit(code: number | null): void },
  ): RunningServer
}

export interface RunningServer {
  /** Lets it finish what it has in hand; `onExit` follows. */
  stop(): void
}

export interface Questions {
  /** In a window of the system's own, for what no page may be there to ask. True: yes. */
  ask(question: Question): Promise<boolean>
}

interface Question {
  readonly message: string
  readonly detail: string
  readonly yes: string
  readonly no: string
}

export interface SavedFiles {
  /** Asks where to; null when the person thought better of it, else the path written. */
  save(suggestedName: string, content: Uint8Array): Promise<string | null>
  /** Shows it in the system's file manager. */
  reveal(path: string): void
}

interface Outside {
  /** Hands an address to the system's browser, mail or phone program. */
  open(url: string): Promise<void>
}
