/** From what arrives on the network to a server worth showing. Pure. */
import { isIPv4, isIPv6 } from 'node:net'
import { z } from 'zod'
import { httpsOrigin } from '../pairing/addresses.ts'

/** As a browser for DNS-SD hands it over. */
export interface RawService {
  readonly port?: number | undefined
  readonly addresses?: readonly string[] | undefined
  readonly txt?: unknown
  /** Where the answer came from. */
  readonly referer?: { readonly address: string } | undefined
}

export interface Announcement {
  readonly id: string
  readonly name: string
  readonly version: string
  /** SHA-256 of the public key, hex: a hint, which only a connection proves. */
  readonly fingerprint: string
  readonly port: number
  /** The one that answered first, then IPv4, then IPv6. */
  readonly addresses: readonly string[]
}

/** Anybody on the network may say anything. */
const txtSchema = z.object({
  id: z.uuid(),
  fp: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().max(200).catch(''),
  v: z.string().max(40).catch(''),
})

const MOST_ADDRESSES = 12

/** Null when it is no announcement of a Balcão, or leads nowhere. */
export function readAnnouncement({ port, addresses = [], txt, referer }: RawService): Announcement | null {
  const told = txtSchema.safeParse(txt)
  if (!told.success || port === undefined || port < 1 || port > 65_535) return null
  const reachable = [...(referer ? [referer.address] : []), ...addresses].filter(isReachable)
  const ordered = [
    ...reachable.filter((address) => isIPv4(address)),
    ...reachable.filter((address) => isIPv6(address)),
  ]
  if (ordered.length === 0) return null
  const { id, fp, name, v } = told.data
  return {
    ...{ id, name, version: v, fingerprint: fp, port },
    addresses: [...new Set(ordered)].slice(0, MOST_ADDRESSES),
  }
}

export const originsOf = ({ addresses, port }: Announcement): string[] =>
  addresses.map((address) => httpsOrigin(address, port))

/** A link-local IPv6 address means nothing without its interface, for which an address on the web has no place. */
const isReachable = (address: string): boolean =>
  isIPv4(address)
    ? !address.startsWith('169.254.') && address !== '0.0.0.0'
    : isIPv6(address) && !/^(fe80:|::1$|::$)/i.test(address)
