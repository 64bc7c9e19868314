/** The computer that the stand-in pretends to run on: what outlives one start of the program. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rectangle } from 'electron'
import type { BrowserContext } from 'playwright-core'

type Profile = Awaited<ReturnType<BrowserContext['storageState']>>

export interface Computer {
  /** Electron's `appData`: the client makes its own folder below it. */
  readonly appDataDir: string
  readonly keychain: Keychain
  /** The work area of each screen, the primary one first. A test may plug and unplug. */
  screens: Rectangle[]
  languages: string[]
  /** What the client's page left in its storage when it last quit. */
  profile: Profile | undefined
  /** Addresses that were handed to the system's browser. */
  readonly openedOutside: string[]
  /** Who holds the single-instance lock of a folder, and how to tell them of a second start. */
  readonly locks: Map<string, () => void>
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
  return {
    appDataDir,
    keychain: createKeychain(),
    screens: [{ x: 0, y: 0, width: 1920, height: 1040 }],
    languages: ['pt-BR'],
    profile: undefined,
    openedOutside: [],
    locks: new Map(),
    remove: () => rm(appDataDir, { recursive: true, force: true }),
  }
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
      const decipher = createDecipheriv(algorithm, key, data.subarray(0, 12))
      decipher.setAuthTag(data.subarray(12, 28))
      return Buffer.concat([decipher.update(data.subarray(28)), decipher.final()]).toString('utf8')
    },
    forgetKey() {
      key = randomBytes(32)
    },
  }
}
