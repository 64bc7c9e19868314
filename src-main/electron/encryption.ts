import { safeStorage } from 'electron'
import type { Encryption } from '../ports.ts'

export const encryption: Encryption = {
  async isAvailable() {
    // Without a keyring, Linux offers a "basic text" backend whose key is public: that is no encryption.
    if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false
    return safeStorage.isAsyncEncryptionAvailable()
  },
  encrypt: (text) => safeStorage.encryptStringAsync(text),
  decrypt: async (data) => (await safeStorage.decryptStringAsync(data)).result,
}
