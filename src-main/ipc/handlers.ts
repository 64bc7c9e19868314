import { mayOpenOutside } from '../security/policy.ts'
import type { Pairing } from '../pairing/pairing.ts'
import type { DesktopPorts } from '../ports.ts'
import type { Secrets } from '../settings/secrets.ts'
import type { SettingsFile } from '../settings/settings.ts'
import type { Language } from './contract.ts'
import type { IpcHandlers } from './inlet.ts'

/** Asked since before there were rooms: the server's address, the secrets, the outside, the language. */
type OwnChannel =
  | 'server-url.get'
  | 'server-url.set'
  | 'secret.get'
  | 'secret.set'
  | 'secret.delete'
  | 'external.open'
  | 'language.set'

export interface HandlerDeps {
  readonly ports: Pick<DesktopPorts, 'outside'>
  readonly pairing: Pick<Pairing, 'setServer'>
  readonly settings: SettingsFile
  readonly secrets: Secrets
  readonly onLanguageChanged: (language: Language) => void
}

export function createIpcHandlers(deps: HandlerDeps): Pick<IpcHandlers, OwnChannel> {
  const { ports, pairing, settings, secrets } = deps

  return {
    'server-url.get': () => settings.read().serverUrl,
    'server-url.set': pairing.setServer,
    'secret.get': secrets.get,
    'secret.set': secrets.set,
    'secret.delete': secrets.delete,
    'external.open': async (url) => {
      if (!mayOpenOutside(url)) return false
      await ports.outside.open(url)
      return true
    },
    'language.set': (language) => {
      settings.update({ language })
      deps.onLanguageChanged(language)
    },
  }
}
