/** Secrets on this computer: encrypted by the system's keychain, or in memory only. Never readable on disk. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { SecretKept, SecretName } from '../ipc/contract.ts'
import type { Encryption } from '../ports.ts'
import { openJsonFile } from './json-file.ts'

/** Encrypted, in base64, by name. */
const secretsSchema = z.object({ token: z.base64().optional().catch(undefined) })

export interface Secrets {
  get(name: SecretName): Promise<string | null>
  set(name: SecretName, value: string): Promise<SecretKept>
  delete(name: SecretName): void
  deleteAll(): void
  /** One was set or is gone. */
  onChanged(listener: () => void): void
}

export function openSecrets(folder: string, encryption: Encryption, log: (line: string) => void): Secrets {
  const path = join(folder, 'secrets.json')
  const file = openJsonFile(path, secretsSchema, log)
  const inMemory = new Map<SecretName, string>()
  const listeners: (() => void)[] = []
  const changed = (): void => listeners.forEach((listener) => listener())

  async function keep(name: SecretName, value: string): Promise<SecretKept> {
    if (!(await encryption.isAvailable())) {
      log(`this computer offers no keychain: the ${name} is kept in memory and lost when the program closes`)
      return 'untilClosed'
    }
    const encrypted = await encryption.encrypt(value)
    try {
      file.update({ [name]: encrypted.toString('base64') })
      return 'encrypted'
    } catch (error) {
      // Whoever logs in on a full disk has to hear of alerts too.
      log(`the ${name} is kept in memory and lost when the program closes: ${String(error)}`)
      return 'untilClosed'
    }
  }

  /** Nobody's session may outlive their leaving: where the disk takes no change the file goes, which needs no room. */
  function forget(): void {
    if (file.read().token === undefined) return
    try {
      file.update({ token: undefined })
    } catch {
      file.note({ token: undefined })
      rmSync(path, { force: true })
    }
  }

  return {
    async get(name) {
      const remembered = inMemory.get(name)
      if (remembered !== undefined) return remembered
      const encrypted = file.read()[name]
      if (encrypted === undefined) return null
      try {
        return await encryption.decrypt(Buffer.from(encrypted, 'base64'))
      } catch (error) {
        // Locked still, as in the first moments after a log-in: it will be readable later.
        if (!(await encryption.isAvailable())) return null
        // A keychain that was reset, or a profile copied from another computer: the user logs in again.
        log(`the stored ${name} cannot be decrypted and is forgotten (${String(error)})`)
        forget()
        return null
      }
    },

    async set(name, value) {
      const kept = await keep(name, value)
      if (kept === 'encrypted') inMemory.delete(name)
      else {
        inMemory.set(name, value)
        forget()
      }
      changed()
      return kept
    },

    delete(name) {
      inMemory.delete(name)
      forget()
      changed()
    },

    deleteAll() {
      inMemory.clear()
      forget()
      changed()
    },

    onChanged: (listener) => void listeners.push(listener),
  }
}
