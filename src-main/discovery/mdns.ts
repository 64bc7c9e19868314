/** Hears who announces themselves on the local network, by multicast DNS. */
import { networkInterfaces } from 'node:os'
import { Bonjour, type Service } from 'bonjour-service'
import { SERVICE_TYPE } from '../../server/tls/contract.ts'
import type { RawService } from './announcement.ts'

export interface Listening {
  /** Asks aloud; whoever is there answers. */
  ask(): void
  stop(): void
}

export type Listen = (on: {
  heard: (service: RawService) => void
  gone: (service: RawService) => void
}) => Listening

const MOST_NETWORKS = 8

/** On each of these networks: multicast leaves by one interface only. Errors are passed over; there is nothing to find then. */
export const listenOn =
  (networks: () => readonly string[], openOn: (network: string) => Bonjour | null = open): Listen =>
  (on) => {
    const bonjours = new Map<string, Bonjour>()
    /** A server is sought because a network went: it may come back, with another address. */
    const followNetworks = (): void => {
      const present = networks()
      for (const [network, bonjour] of bonjours) {
        if (present.includes(network)) continue
        bonjours.delete(network)
        bonjour.destroy()
      }
      for (const network of present) {
        const bonjour = bonjours.has(network) ? null : openOn(network)
        if (bonjour) bonjours.set(network, bonjour)
      }
    }
    let stopBrowsing: (() => void)[] = []
    const browse = (bonjour: Bonjour): (() => void) => {
      const browser = bonjour.find({ type: SERVICE_TYPE })
      const hear = (service: Service): void => on.heard(service)
      browser.on('up', hear)
      browser.on('txt-update', hear)
      browser.on('srv-update', hear)
      browser.on('down', (service) => on.gone(service))
      return () => browser.stop()
    }
    return {
      ask() {
        // A browser tells of each service once only; a new one hears all who are still there.
        for (const stop of stopBrowsing) stop()
        followNetworks()
        stopBrowsing = [...bonjours.values()].map(browse)
      },
      stop() {
        for (const stop of stopBrowsing.splice(0)) stop()
        for (const bonjour of bonjours.values()) bonjour.destroy()
        bonjours.clear()
      },
    }
  }

function open(network: string): Bonjour | null {
  try {
    // Multicast reaches a socket that is bound to every address only; `interface` says where it joins and sends.
    const options = { interface: network, bind: '0.0.0.0' } as object
    const bonjour = new Bonjour(options, () => undefined)
    const { mdns } = (bonjour as unknown as { server: { mdns: NodeJS.EventEmitter } }).server
    mdns.on('error', () => undefined)
    mdns.on('warning', () => undefined)
    return bonjour
  } catch {
    return null
  }
}

/** On every network of this computer. */
export const listenOnNetwork = listenOn(ownAddresses)

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
    .slice(0, MOST_NETWORKS)
}
