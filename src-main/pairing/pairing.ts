/** The one server this computer belongs to: how it was found to be the right one, and the guard over every connection to it. */
import { isCodeOf, pairingCode } from '../../server/tls/contract.ts'
import type { ServerUrlOutcome } from '../ipc/contract.ts'
import type { DesktopPorts } from '../ports.ts'
import type { Secrets } from '../settings/secrets.ts'
import type { SettingsFile } from '../settings/settings.ts'
import { encrypted, hostnameOf, isLoopback } from './addresses.ts'
import { inspectServer, type Inspect } from './inspect.ts'
import type { ConnectOutcome, LookOutcome, PairingMessage, PairingStatus, ServerAlarm } from './ipc.ts'
import { lookAt, type Seen } from './look.ts'
import { verdictOn } from './trust.ts'

export interface PairingDeps {
  readonly ports: {
    readonly fetch: DesktopPorts['fetch']
    readonly certificates: DesktopPorts['certificates']
    readonly lifecycle: Pick<DesktopPorts['lifecycle'], 'relaunch'>
    readonly log: DesktopPorts['log']
  }
  readonly settings: SettingsFile
  readonly secrets: Pick<Secrets, 'deleteAll'>
  /** To every window. */
  readonly tell: (message: PairingMessage) => void
  /** The server answers with a foreign key, or not at all: perhaps it has moved. */
  readonly onLost: () => void
  readonly inspect?: Inspect
}

export type Pairing = ReturnType<typeof createPairing>

export function createPairing(deps: PairingDeps) {
  const { ports, settings, secrets, tell, onLost, inspect = inspectServer } = deps
  const look = { fetch: ports.fetch, inspect }
  /** By address: the page may only connect to what was looked at here. */
  const seen = new Map<string, Seen>()
  /** Chromium remembers for half an hour whom it refused and Electron has no way to make it forget, so pairing with one of these takes a new start. */
  const refused = new Set<string>()
  let alarm: ServerAlarm | null = null

  const raise = (kind: ServerAlarm['kind'], url: string): void => {
    if (alarm?.kind === kind && alarm.url === url) return
    alarm = { kind, url }
    tell({ kind: 'server-alarm', alarm })
  }

  const calm = (): void => {
    if (alarm === null) return
    alarm = null
    tell({ kind: 'server-alarm', alarm })
  }

  ports.certificates.verify((request) => {
    const known = settings.read()
    const verdict = verdictOn(request, known)
    if (verdict === 'accept') return true
    refused.add(`${request.hostname} ${request.fingerprint}`)
    if (verdict !== 'refuse' && known.serverUrl !== null) {
      ports.log(`the connection to ${request.hostname} is refused: its certificate is ${verdict}`)
      raise(verdict, known.serverUrl)
      onLost()
    }
    return false
  })

  const toOutcome = (found: Awaited<ReturnType<typeof lookAt>>): LookOutcome => {
    if (typeof found === 'string') return { ok: false, reason: found }
    seen.set(found.url, found)
    const { url, name, trust, fingerprint } = found
    const code = trust === 'compare' && fingerprint !== null ? pairingCode(fingerprint) : null
    return { ok: true, server: { url, name, trust, code } }
  }

  const remember = ({ url, trust, id, fingerprint }: Seen): void => {
    const known = settings.read()
    const isUpgrade =
      known.serverPin === null && known.serverUrl !== null && encrypted(known.serverUrl) === url
    const isSame = known.serverUrl === url || (known.serverId !== null && known.serverId === id) || isUpgrade
    const keepsAll = isSame && trust !== 'changed'
    // One office's token must never reach another's server.
    if (!keepsAll) secrets.deleteAll()
    settings.update({
      serverUrl: url,
      serverId: id,
      serverPin: trust === 'local' || trust === 'system' ? null : fingerprint,
      serverKey: keepsAll ? (known.serverKey ?? known.serverUrl) : url,
    })
    seen.clear()
    alarm = null
    // Said also when nothing was wrong: whoever speaks to the server from here has to look again where it is.
    tell({ kind: 'server-alarm', alarm })
    if (refused.has(`${hostnameOf(url)} ${fingerprint ?? ''}`)) ports.lifecycle.relaunch()
  }

  return {
    status(): PairingStatus {
      const { serverUrl, serverKey } = settings.read()
      return { url: serverUrl, dataKey: serverKey ?? serverUrl, alarm }
    },

    async look(typed: string): Promise<LookOutcome> {
      return toOutcome(await lookAt(look, typed, settings.read()))
    },

    /** The first of several addresses of one server that answers. */
    async lookAtAny(urls: readonly string[]): Promise<LookOutcome> {
      const looks = urls.map(async (url) => {
        const found = await lookAt(look, url, settings.read())
        if (typeof found === 'string') throw new Error(found)
        return found
      })
      return toOutcome(await Promise.any(looks).catch(() => 'unreachable' as const))
    },

    connect(url: string, typedCode: string | null): ConnectOutcome {
      const server = seen.get(url)
      if (!server) return { ok: false, reason: 'stale' }
      const isProven = server.trust !== 'changed' || isCodeOf(server.fingerprint ?? '', typedCode ?? '')
      if (!isProven) return { ok: false, reason: 'wrongCode' }
      remember(server)
      return { ok: true, url: server.url }
    },

    /** By address alone: what asks for a comparison is not taken. */
    async setServer(typed: string | null): Promise<ServerUrlOutcome> {
      if (typed === null) {
        if (settings.read().serverUrl !== null) secrets.deleteAll()
        settings.update({ serverUrl: null, serverPin: null, serverId: null, serverKey: null })
        calm()
        return { ok: true, url: null }
      }
      const found = await lookAt(look, typed, settings.read())
      if (typeof found === 'string') return { ok: false, reason: found }
      if (found.trust === 'compare' || found.trust === 'changed') return { ok: false, reason: 'unpaired' }
      remember(found)
      return { ok: true, url: found.url }
    },

    /** The server with the known id and key answers here now. The token and all data stay. */
    adopt(url: string): void {
      const { serverUrl, serverKey } = settings.read()
      if (url === serverUrl) return calm()
      ports.log(`the server has moved to ${url}`)
      settings.note({ serverUrl: url, serverKey: serverKey ?? serverUrl })
      calm()
      tell({ kind: 'server-moved' })
    },

    /** Whether the server that is spoken to in clear could be spoken to encrypted, and whether it is still where it was. */
    async checkKnown(): Promise<void> {
      const { serverUrl, serverPin } = settings.read()
      if (serverUrl === null || isLoopback(serverUrl)) return
      const found = await lookAt(look, serverUrl, settings.read())
      if (settings.read().serverUrl !== serverUrl) return
      if (typeof found === 'string') {
        if (serverPin !== null) onLost()
      } else if (serverUrl.startsWith('http:')) {
        if (found.trust === 'system') {
          remember(found)
          tell({ kind: 'server-moved' })
        } else raise('offer', serverUrl)
      } else if (found.trust === 'changed') {
        raise('changed', serverUrl)
        onLost()
      }
    },

    later: calm,
  }
}
