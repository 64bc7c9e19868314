import type { MeView } from '../../server/access/contract.ts'

const key = (serverUrl: string) => `balcao.me ${serverUrl}`

/** Who was last logged in here, so that a start without a network knows whose outbox and drafts to open. No secrets in it. */
export function createRemembered(storage: Storage = localStorage) {
  return {
    get(serverUrl: string): MeView | null {
      try {
        return JSON.parse(storage.getItem(key(serverUrl)) ?? 'null') as MeView | null
      } catch {
        return null
      }
    },
    set: (serverUrl: string, me: MeView) => storage.setItem(key(serverUrl), JSON.stringify(me)),
    delete: (serverUrl: string) => storage.removeItem(key(serverUrl)),
  }
}
