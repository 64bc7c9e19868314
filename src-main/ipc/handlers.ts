import { mayOpenOutside } from '../security/policy.ts'
import type { DesktopPorts } from '../ports.ts'
import { probeServer } from '../server/probe.ts'
import { parseServerUrl } from '../server/server-url.ts'
import type { Secrets } from '../settings/secrets.ts'
import type { SettingsFile } from '../settings/settings.ts'
import type { Language, ServerUrlOutcome } from './contract.ts'
import type { IpcHandlers } from './inlet.ts'

export interface HandlerDeps {
  readonly ports: Pick<DesktopPorts, 'fetch' | 'outside'>
  readonly settings: SettingsFile
  readonly secrets: Secrets
  readonly onLanguageChanged: (language: Language) => void
}

export function createIpcHandlers(deps: HandlerDeps): IpcHandlers {
  const { ports, settings, secrets } = deps

  const setServerUrl = async (typed: string | null): Promise<ServerUrlOutcome> => {
    const outcome = typed === null ? ({ ok: true, url: null } as const) : await checkServer(typed)
    if (!outcome.ok) return outcome
    if (outcome.url !== settings.read().serverUrl) {
      // One office's token must never reach another's server.
      secrets.deleteAll()
      settings.update({ serverUrl: outcome.url })
    }
    return outcome
  }

  const checkServer = (typed: string): Promise<ServerUrlOutcome> | ServerUrlOutcome => {
    const origin = parseServerUrl(typed)
    return origin === null ? { ok: false, reason: 'invalid' } : probeServer(ports.fetch, origin)
  }

  return {
    'server-url.get': () => settings.read().serverUrl,
    'server-url.set': setServerUrl,
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
