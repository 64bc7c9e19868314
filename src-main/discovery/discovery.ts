/** Finds servers on the network: to choose from, and to find the known one again where its address has changed. */
import type { FoundServer, PairingMessage } from '../pairing/ipc.ts'
import { inspectServer, type Inspect } from '../pairing/inspect.ts'
import type { Clock, DesktopPorts } from '../ports.ts'
import type { SettingsFile } from '../settings/settings.ts'
import { originsOf, readAnnouncement, type Announcement } from './announcement.ts'
import { listenOnNetwork, type Listen, type Listening } from './mdns.ts'

const ASK_EVERY_MS = 10_000
/** Whoever has missed three questions is gone. */
const FORGET_AFTER_MS = 35_000
/** A lost server is sought this long; the next failure of the page begins anew. */
const SEARCH_MS = 10 * 60_000

export interface DiscoveryDeps {
  readonly ports: { readonly clock: Clock; readonly log: DesktopPorts['log'] }
  readonly settings: SettingsFile
  readonly tell: (message: PairingMessage) => void
  /** The known server answers at this address now. */
  readonly onMoved: (url: string) => void
  readonly listen?: Listen
  readonly inspect?: Inspect
}

export type Discovery = ReturnType<typeof createDiscovery>

export function createDiscovery(deps: DiscoveryDeps) {
  const { ports, settings, tell, onMoved, listen = listenOnNetwork, inspect = inspectServer } = deps
  const { clock } = ports
  const found = new Map<string, Announcement & { readonly at: number }>()
  let listening: Listening | null = null
  let cancelAsk: () => void = () => undefined
  let isShown = false
  let searchUntil = 0
  let told = ''
  const trying = new Set<string>()

  const list = (): FoundServer[] => {
    const { serverPin, serverId } = settings.read()
    return [...found.values()]
      .map(({ id, name, version, fingerprint, addresses, port }) => ({
        ...{ id, name, version },
        address: `${bracketed(addresses[0] ?? '')}:${port}`,
        isPaired: serverPin !== null && id === serverId && fingerprint === serverPin,
      }))
      .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
  }

  const tellList = (): void => {
    if (!isShown) return
    const servers = list()
    const now = JSON.stringify(servers)
    if (now === told) return
    told = now
    tell({ kind: 'servers-found', servers })
  }

  /** Never to another key: whoever copies an id doesn't have it. */
  async function tryToHeal(announcement: Announcement): Promise<void> {
    const { serverId, serverPin, serverUrl } = settings.read()
    if (clock.now() >= searchUntil || serverPin === null || announcement.id !== serverId) return
    for (const url of originsOf(announcement)) {
      if (trying.has(url)) continue
      trying.add(url)
      try {
        const { fingerprint, health } = await inspect(url)
        const isKnown =
          fingerprint === serverPin && (health as { server?: unknown } | undefined)?.server === serverId
        const isStillLost = clock.now() < searchUntil && settings.read().serverUrl === serverUrl
        if (isKnown && isStillLost) {
          searchUntil = 0
          onMoved(url)
          return rest()
        }
      } catch {
        // Not this one.
      } finally {
        trying.delete(url)
      }
    }
  }

  function start(): void {
    if (listening) return
    listening = listen({
      heard(service) {
        const announcement = readAnnouncement(service)
        if (!announcement) return
        found.set(announcement.id, { ...announcement, at: clock.now() })
        tellList()
        void tryToHeal(announcement)
      },
      gone(service) {
        const announcement = readAnnouncement(service)
        if (announcement && found.delete(announcement.id)) tellList()
      },
    })
    ask()
  }

  function ask(): void {
    if (!isShown && clock.now() >= searchUntil) return rest()
    for (const [id, { at }] of found) if (clock.now() - at > FORGET_AFTER_MS) found.delete(id)
    tellList()
    listening?.ask()
    cancelAsk = clock.after(ASK_EVERY_MS, ask)
  }

  function rest(): void {
    if (isShown || clock.now() < searchUntil) return
    cancelAsk()
    listening?.stop()
    listening = null
    found.clear()
    told = ''
  }

  return {
    /** While a page shows them. */
    show(on: boolean): void {
      isShown = on
      told = ''
      if (!on) return rest()
      start()
      tellList()
    },

    /** The known server doesn't answer where it was. */
    search(): void {
      const { serverPin, serverId } = settings.read()
      if (serverPin === null || serverId === null) return
      searchUntil = clock.now() + SEARCH_MS
      start()
      for (const announcement of found.values()) void tryToHeal(announcement)
    },

    addressesOf(id: string): string[] {
      const announcement = found.get(id)
      return announcement ? originsOf(announcement) : []
    },

    stop(): void {
      isShown = false
      searchUntil = 0
      rest()
    },
  }
}

const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address)
