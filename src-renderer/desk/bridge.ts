/** What differs between the client's two homes: Electron, and a plain browser. */
import type { DesktopPlatform, Language, SecretName, ServerUrlOutcome } from '../../src-main/ipc/contract.ts'

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

  /** Opens a web page, an e-mail or a phone call (`https:`, `http:`, `mailto:`, `tel:`) outside; false: refused. */
  openExternal(url: string): Promise<boolean>

  /** Offers a file to the user to keep. Files the user gives come through `<input type="file">` in both homes. */
  saveFile(name: string, content: Blob): void

  /** Tells the desktop which language its menu speaks. */
  setLanguage(language: Language): Promise<void>
}
