/** Secrets on this computer: encrypted by the system's keychain, or in memory only. Never readable on disk. */
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
  const file = openJsonFile(join(folder, 'secrets.json'), secretsSchema, log)
  const inMemory = new Map<SecretName, string>()
  const listeners: (() => void)[] = []
  const changed = (): void => listeners.forEach((listener) => listener())

  return {
    async get(name) {
      const remembered = inMemory.get(name)
      if (remembered !== undefined) return remembered
      const encrypted = file.read()[name]
      if (encrypted === undefined) return null
      try {
        return await encryption.decrypt(Buffer.from(encrypted, 'base64'))
      } catch (error) {
        // A keychain that was reset, or a profile copied from another computer: the user logs in again.
        log(`the stored ${name} cannot be decrypted and is forgotten (${String(error)})`)
        file.update({ [name]: undefined })
        return null
      }
    },

    async set(name, value) {
      if (await encryption.isAvailable()) {
        const encrypted = await encryption.encrypt(value)
        file.update({ [name]: encrypted.toString('base64') })
        inMemory.delete(name)
        changed()
        return 'encrypted'
      }
      log(`this computer offers no keychain: the ${name} is kept in memory and lost when the program closes`)
      inMemory.set(name, value)
      if (file.read()[name] !== undefined) file.update({ [name]: undefined })
      changed()
      return 'untilClosed'
    },

    delete(name) {
      inMemory.delete(name)
      if (file.read()[name] !== undefined) file.update({ [name]: undefined })
      changed()
    },

    deleteAll() {
      inMemory.clear()
      file.update({ token: undefined })
      changed()
    },

    onChanged: (listener) => void listeners.push(listener),
  }
}
