/** How this server is reached: its certificate, the addresses, and the announcement of both. */
import { statSync } from 'node:fs'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { Announcer } from '../discovery/announcer.ts'
import { serverIdIn } from '../discovery/server-id.ts'
import type { Settings } from '../settings/settings.service.ts'
import { version } from '../version.ts'
import { pairingCode, type NetworkView } from './contract.ts'
import { openOwnIdentity, readOfficeIdentity, type TlsIdentity } from './identity.ts'
import { certificateNames, hostNames, inUrl, reachableAddresses, type HostNames } from './names.ts'

/** How soon a new address, name or certificate file is noticed. */
const LOOK_EVERY_MS = 30_000

export type NetworkConfig = Pick<
  Config,
  'dataDir' | 'host' | 'tlsCert' | 'tlsKey' | 'allowHttp' | 'discovery'
>

type NetworkLogger = Pick<Logger, 'info' | 'warn' | 'error'>

interface NetworkDeps {
  readonly clock: Clock
  readonly settings: Pick<Settings, 'get'>
  readonly names?: () => HostNames
}

/** Absent from `/health` of servers that speak HTTP only, as in tests. */
export interface NetworkHealth {
  readonly server: string
  readonly office: string
  readonly tls: { readonly fingerprint: string; readonly httpAllowed: boolean }
}

export class Network {
  readonly #clock: Clock
  readonly #settings: Pick<Settings, 'get'>
  readonly #names: () => HostNames
  #open: { config: NetworkConfig; identity: TlsIdentity; id: string } | null = null
  #files = ''
  #announcer: Announcer | null = null
  #port = 0
  #timer: NodeJS.Timeout | undefined

  constructor({ clock, settings, names = hostNames }: NetworkDeps) {
    this.#clock = clock
    this.#settings = settings
    this.#names = names
  }

  /** Makes or reads the certificate. @throws TlsError */
  async open(config: NetworkConfig): Promise<TlsIdentity> {
    this.#files = this.#fileTimes(config)
    const identity = await this.#readIdentity(config)
    this.#open = { config, identity, id: serverIdIn(config.dataDir) }
    return identity
  }

  /** Announces the server, and from now on notices new addresses and certificates. `onRenewed` is for the sockets. */
  async start(
    port: number,
    onRenewed: (identity: TlsIdentity) => void,
    logger: NetworkLogger,
  ): Promise<void> {
    this.#port = port
    if (this.#open?.config.discovery) this.#announcer = new Announcer((line) => logger.warn(line))
    await this.#announce()
    this.#timer = setInterval(() => {
      this.look(onRenewed, logger).catch((error: unknown) =>
        logger.error({ err: error }, 'the network can’t be looked at'),
      )
    }, LOOK_EVERY_MS)
    this.#timer.unref()
  }

  /** One look at what may have changed since. A certificate that can't be used leaves the one in use in place. */
  async look(onRenewed: (identity: TlsIdentity) => void, logger: NetworkLogger): Promise<void> {
    const open = this.#open
    if (!open) return
    const files = this.#fileTimes(open.config)
    const isOwn = open.config.tlsCert === null
    if (isOwn || files !== this.#files) {
      this.#files = files
      try {
        const identity = await this.#readIdentity(open.config)
        if (identity.cert !== open.identity.cert) {
          this.#open = { ...open, identity }
          onRenewed(identity)
          logger.info({ validTo: identity.validTo }, 'a new certificate is in use')
        }
      } catch (error) {
        logger.warn({ err: error }, 'the new certificate can’t be used; the former one stays')
      }
    }
    await this.#announce()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#announcer?.hide()
  }

  /** Null before {@link open}. */
  async health(): Promise<NetworkHealth | null> {
    if (!this.#open) return null
    const { id, identity, config } = this.#open
    const { company } = await this.#settings.get()
    return {
      server: id,
      office: company,
      tls: { fingerprint: identity.fingerprint, httpAllowed: config.allowHttp },
    }
  }

  /** Null where the server speaks HTTP only. */
  view(): NetworkView | null {
    if (!this.#open) return null
    const { config, identity } = this.#open
    return {
      addresses: this.addresses(),
      certificate: {
        source: identity.source,
        fingerprint: identity.fingerprint,
        code: pairingCode(identity.fingerprint),
        validFrom: identity.validFrom.toISOString(),
        validTo: identity.validTo.toISOString(),
      },
      allowHttp: config.allowHttp,
      discovery: this.#announcer?.state ?? 'off',
    }
  }

  /** What others open, the name first; empty where only this machine reaches it. */
  addresses(): string[] {
    const names = this.#names()
    const addresses = this.#open ? reachableAddresses(this.#open.config.host, names) : []
    const all = addresses.length > 0 ? [`${names.host}.local`, ...addresses.map(inUrl)] : []
    return all.map((name) => `https://${name}:${this.#port}`)
  }

  #readIdentity({ dataDir, tlsCert, tlsKey }: NetworkConfig): Promise<TlsIdentity> {
    const now = this.#clock.now()
    if (tlsCert !== null && tlsKey !== null)
      return Promise.resolve(readOfficeIdentity({ cert: tlsCert, key: tlsKey }, now))
    return openOwnIdentity(dataDir, certificateNames(this.#names()), now)
  }

  /** When the office's files were written last; '' while one is missing, as in the middle of a replacement. */
  #fileTimes({ tlsCert, tlsKey }: NetworkConfig): string {
    const times = [tlsCert, tlsKey].map((file) => file && statSync(file, { throwIfNoEntry: false })?.mtimeMs)
    return times.join(' ')
  }

  async #announce(): Promise<void> {
    if (!this.#open || !this.#announcer) return
    const { identity, id, config } = this.#open
    const { company } = await this.#settings.get()
    const names = this.#names()
    await this.#announcer.show({
      ...{ id, version, office: company, port: this.#port },
      ...{ fingerprint: identity.fingerprint, host: names.host },
      addresses: reachableAddresses(config.host, names),
    })
  }
}
