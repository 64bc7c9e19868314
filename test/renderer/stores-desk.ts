import { createPinia, type Pinia } from 'pinia'
import { createApp, effectScope, type EffectScope } from 'vue'
import type { DeskBridge } from '../../src-renderer/desk/bridge.ts'
import { useConnectionStore } from '../../src-renderer/stores/connection.ts'
import { installDataLayer } from '../../src-renderer/stores/install.ts'
import { useOutboxStore } from '../../src-renderer/stores/outbox.ts'
import { useSessionStore } from '../../src-renderer/stores/session.ts'

/** What of a browser the data layer touches. */
export function standInForBrowser(): void {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const page = Object.assign(new EventTarget(), { setInterval, clearInterval })
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  for (const [name, value] of Object.entries({ localStorage: storage, window: page, document }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}

/** A PC's bridge with a drawer for secrets, which may be handed to the next page. */
export function aDesk(serverUrl: string, secrets = new Map<string, string>()): DeskBridge {
  return {
    home: 'browser',
    platform: 'windows',
    serverUrl: {
      isFixed: true,
      get: () => Promise.resolve(serverUrl),
      dataKey: () => Promise.resolve(serverUrl),
      set: () => Promise.resolve({ ok: false, reason: 'invalid' }),
    },
    secrets: {
      get: (name) => Promise.resolve(secrets.get(name) ?? null),
      set: (name, value) => {
        secrets.set(name, value)
        return Promise.resolve('plain')
      },
      delete: (name) => Promise.resolve(void secrets.delete(name)),
    },
    openExternal: () => Promise.resolve(true),
    saveFile: () => Promise.resolve(null),
    setLanguage: () => Promise.resolve(),
    onMessage: () => () => undefined,
    alerts: null,
    pairing: null,
    windows: null,
    computer: null,
    host: null,
    phoneHook: null,
    updates: null,
  }
}

export interface Page extends AsyncDisposable {
  session: ReturnType<typeof useSessionStore>
  connection: ReturnType<typeof useConnectionStore>
  outbox: ReturnType<typeof useOutboxStore>
  /** Runs a composable as a component would, until the page closes. */
  use<Result>(composable: () => Result): Result
  close(): Promise<void>
}

/** One page of the client, with everything but the screen. */
export async function openPage(desk: DeskBridge): Promise<Page> {
  const app = createApp({ render: () => null })
  const pinia: Pinia = createPinia()
  app.use(pinia)
  const { stop } = await installDataLayer(app, pinia, desk)
  const scope: EffectScope = effectScope()
  let closed: Promise<void> | undefined
  const close = () =>
    (closed ??= (async () => {
      scope.stop()
      await stop()
    })())
  return {
    session: useSessionStore(pinia),
    connection: useConnectionStore(pinia),
    outbox: useOutboxStore(pinia),
    use: <Result>(composable: () => Result) => app.runWithContext(() => scope.run(composable) as Result),
    close,
    [Symbol.asyncDispose]: close,
  }
}
