/** The computer that the stand-in pretends to run on, and the person at it: what outlives one start of the program. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rectangle } from 'electron'
import type { BrowserContext } from 'playwright-core'

type Profile = Awaited<ReturnType<BrowserContext['storageState']>>

/** What becomes of a notification: a system may also take one and show it to nobody, without a word. */
type NotificationFate = 'shown' | 'swallowed' | { readonly failsWith: string }

export interface Computer {
  /** Electron's `appData`: the client makes its own folder below it. */
  readonly appDataDir: string
  readonly downloadsDir: string
  /** Programs that the client may call and that obey the test; first on the path while a client runs. */
  readonly programsDir: string
  readonly keychain: Keychain
  /** The work area of each screen, the primary one first. A test may plug and unplug. */
  screens: Rectangle[]
  languages: string[]
  /** What the client's page left in its storage when it last quit. */
  profile: Profile | undefined
  /** Addresses that were handed to the system's browser. */
  readonly openedOutside: string[]
  /** Files that were shown in the file manager. */
  readonly revealed: string[]
  /** Addresses of pages that the print dialogue was opened for. */
  readonly printed: string[]
  clipboard: string
  /** Who holds the single-instance lock of a folder, and how to tell them of a second start. */
  readonly locks: Map<string, (argv: readonly string[]) => void>
  notificationsAreSupported: boolean
  notificationFate: NotificationFate
  /** Where a file is saved: given the suggested path, the one chosen; null when the person thinks better of it. */
  chooseFile: (suggestedPath: string) => string | null
  /** Which button of a question is pressed: given what it says and the buttons, the label. */
  chooseButton: (message: string, buttons: readonly string[]) => string | undefined
  /** Global shortcuts that another program holds. */
  readonly shortcutsOfOthers: Set<string>
  /** Schemes whose addresses come to the client, with the command that opens them. */
  readonly schemes: Map<string, readonly string[]>
  /** Schemes that the system won't give to the client. */
  readonly refusedSchemes: Set<string>
  /** What is started at log-in, with its arguments; null: nothing. Windows and macOS; Linux has a file in `appDataDir/autostart`. */
  loginItem: { args: readonly string[]; isDisabledByPerson: boolean } | null
  /** Certificates, as PEM, whose signature the system trusts besides the public ones. */
  readonly authorities: string[]
  /** Linux: whether the notification service says that it is silenced; null: it does not say. */
  setDoNotDisturb(isOn: boolean | null): Promise<void>
  remove(): Promise<void>
}

interface Keychain {
  isAvailable: boolean
  encrypt(text: string): Buffer
  decrypt(data: Buffer): string
  /** As after a reset: what was encrypted before cannot be read any more. */
  forgetKey(): void
}

export async function createComputer(): Promise<Computer> {
  const appDataDir = await mkdtemp(join(tmpdir(), 'balcao-desktop-'))
  const downloadsDir = join(appDataDir, 'Downloads')
  const programsDir = join(appDataDir, 'programs')
  await Promise.all([mkdir(downloadsDir), mkdir(programsDir)])
  const computer: Computer = {
    appDataDir,
    downloadsDir,
    programsDir,
    keychain: createKeychain(),
    screens: [{ x: 0, y: 0, width: 1920, height: 1040 }],
    languages: ['pt-BR'],
    profile: undefined,
    openedOutside: [],
    revealed: [],
    printed: [],
    clipboard: '',
    locks: new Map(),
    notificationsAreSupported: true,
    notificationFate: 'shown',
    chooseFile: (suggestedPath) => suggestedPath,
    chooseButton: (_message, buttons) => buttons[0],
    shortcutsOfOthers: new Set(),
    schemes: new Map(),
    refusedSchemes: new Set(),
    loginItem: null,
    authorities: [],
    async setDoNotDisturb(isOn) {
      const answer = isOn === null ? 'exit 1' : `echo '(<${String(isOn)}>,)'`
      for (const program of ['gdbus', 'busctl']) {
        await writeFile(join(programsDir, program), `#!/bin/sh\n${answer}\n`, { mode: 0o755 })
      }
    },
    remove: () => rm(appDataDir, { recursive: true, force: true }),
  }
  await computer.setDoNotDisturb(false)
  return computer
}

function createKeychain(): Keychain {
  let key = randomBytes(32)
  const algorithm = 'aes-256-gcm'
  return {
    isAvailable: true,
    encrypt(text) {
      if (!this.isAvailable) throw new Error('Error while encrypting the text provided to safeStorage.')
      const nonce = randomBytes(12)
      const cipher = createCipheriv(algorithm, key, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    decrypt(data) {
      if (!this.isAvailable) throw new Error('Error while decrypting the ciphertext provided to safeStorage.')
      const decipher = createDecipheriv(algorithm, key, data.subarray(0, 12))
      decipher.setAuthTag(data.subarray(12, 28))
      return Buffer.concat([decipher.update(data.subarray(28)), decipher.final()]).toString('utf8')
    },
    forgetKey() {
      key = randomBytes(32)
    },
  }
}
