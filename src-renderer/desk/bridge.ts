/** What differs between the client's two homes: Electron, and a plain browser. */
import type { AlertsApi } from '../../src-main/alerts/ipc.ts'
import type { HostApi } from '../../src-main/host/ipc.ts'
import type { PairingApi } from '../../src-main/pairing/ipc.ts'
import type { PhoneHookApi } from '../../src-main/phone/ipc.ts'
import type { ComputerApi } from '../../src-main/startup/ipc.ts'
import type { WindowsApi } from '../../src-main/windows/ipc.ts'
import type { UpdatesApi } from '../../src-main/updates/ipc.ts'
import type {
  DesktopMessage,
  DesktopPlatform,
  Language,
  SecretName,
  ServerUrlOutcome,
} from '../../src-main/ipc/contract.ts'

/** Where a secret went; `untilClosed` is worth telling the user: they log in again after a restart. */
type SecretKept = 'encrypted' | 'plain' | 'untilClosed'

export interface DeskBridge {
  readonly home: 'electron' | 'browser'

  /** The machine, also in a browser: it decides between Ctrl and ⌘. */
  readonly platform: DesktopPlatform | 'other'

  readonly serverUrl: {
    /** True in a browser, where the server is the one that served the page, and `set` answers `invalid`. */
    readonly isFixed: boolean

    /** The server's origin (`http://192.168.0.10:4810`), or null: the user has not said yet. */
    get(): Promise<string | null>

    /** Under which name the page keeps what it knows of this server: the same when the server's address changes. */
    dataKey(): Promise<string | null>

    /**
     * Takes what a person types (`192.168.0.10`, `servidor:4810`, `https://suporte.example`), asks that server who it
     * is, and remembers it when it is a Balcão. The window then starts again from `/` by itself: the page's policy allows it to
     * talk to the remembered server only, so it must not probe an address with `fetch` first. A change of server forgets the
     * secrets. `null` forgets the server.
     */
    set(url: string | null): Promise<ServerUrlOutcome>
  }

  /** `token` is the session's. Electron encrypts it with the system's keychain. */
  readonly secrets: {
    get(name: SecretName): Promise<string | null>
    set(name: SecretName, value: string): Promise<SecretKept>
    delete(name: SecretName): Promise<void>
  }

  /** Opens a web page, an e-mail or a phone call (`https:`, `http:`, `mailto:`, `tel:`, `callto:`, `sip:`) outside; false: refused. */
  openExternal(url: string): Promise<boolean>

  /**
   * Offers a file to the user to keep. Files the user gives come through `<input type="file">` in both homes. The path it was
   * saved at, or null: the person thought better of it, or the browser, which keeps such things to itself, has it now.
   */
  saveFile(name: string, content: Blob): Promise<string | null>

  /** Tells the desktop which language its menu speaks. */
  setLanguage(language: Language): Promise<void>

  /** What the desktop says to this page; in a browser nobody speaks. Returns the function that stops listening. */
  onMessage(listener: (message: DesktopMessage) => void): () => void

  /**
   * Finding the server and being sure of it; null in a browser, whose page came from the server. After `connect` the window starts
   * again from `/` by itself.
   */
  readonly pairing: PairingApi | null

  /** Notifications of the system's and this computer's settings for them; null in a browser, where the page itself calls. */
  readonly alerts: AlertsApi | null

  /** Windows of this program and the system around them; null in a browser, which prints with `window.print()`. */
  readonly windows: WindowsApi | null

  /** How this program lives on this computer; null in a browser. */
  readonly computer: ComputerApi | null

  /** A server on this very computer; null in a browser. After `start` the window starts again from `/`, on that server. */
  readonly host: HostApi | null

  /** Softphones of this computer tell of calls here; null in a browser. */
  readonly phoneHook: PhoneHookApi | null

  /** Updates of this program; null in a browser, whose page is always the server's own. */
  readonly updates: UpdatesApi | null
}
