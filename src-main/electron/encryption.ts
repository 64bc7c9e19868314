import { safeStorage } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { Encryption } from '../ports.ts'

export function createEncryption(platform: DesktopPlatform): Encryption {
  return {
    async isAvailable() {
      // Without a keyring, Linux offers a "basic text" backend whose key is public: that is no encryption.
      if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false
      return safeStorage.isAsyncEncryptionAvailable()
    },
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (data) => (await safeStorage.decryptStringAsync(data)).result,
  }
}
