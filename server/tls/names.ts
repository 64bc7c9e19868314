/** The names and addresses under which this machine is found on its network. */
import { hostname, networkInterfaces } from 'node:os'

export interface HostNames {
  /** Without a domain: `servidor`. */
  readonly host: string
  /** Of the network, the IPv4 ones first; loopback and link-local ones aren't among them. */
  readonly addresses: readonly string[]
}

export function hostNames(): HostNames {
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
  const addresses = (wanted: 'IPv4' | 'IPv6') =>
    found.filter(({ family }) => family === wanted).map(({ address }) => address)
  return {
    host: (hostname().split('.')[0] ?? '').toLowerCase() || 'balcao',
    addresses: [...new Set([...addresses('IPv4'), ...addresses('IPv6')])],
  }
}

/** Every name that a certificate of this machine has to hold. */
export const certificateNames = ({ host, addresses }: HostNames): string[] => [
  ...new Set(['localhost', host, `${host}.local`, '127.0.0.1', '::1', ...addresses]),
]

/** Those under which others reach a server that listens on `host`: none where only this machine itself does. */
export function reachableAddresses(host: string, { addresses }: HostNames): readonly string[] {
  if (host === '0.0.0.0' || host === '::') return addresses
  return isLoopbackAddress(host) || host === 'localhost' ? [] : [host]
}

/** `::1`, and all of 127.0.0.0/8, also as IPv6 writes it. */
export const isLoopbackAddress = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\./.test(address)

/** An address as it stands in a URL. */
export const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address)
