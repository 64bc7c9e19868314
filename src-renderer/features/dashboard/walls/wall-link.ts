/** Names by which a computer reaches only itself. */
const isOwnName = (name: string) => name === 'localhost' || name === '[::1]' || /^127\./.test(name)
const isIpv4 = (name: string) => /^\d+(\.\d+){3}$/.test(name)

/**
 * What is opened on the TV. `serverUrl` is how this computer reaches the server, which is what others do too, unless it is the server
 * itself: then one of `addresses`, a number before a name, for few TVs find a `.local` name.
 */
export function wallLink(secret: string, serverUrl: string, addresses: readonly string[]): string {
  const nameOf = (address: string) => new URL(address).hostname
  const reachable = isOwnName(nameOf(serverUrl))
    ? (addresses.find((address) => isIpv4(nameOf(address))) ?? addresses[0] ?? serverUrl)
    : serverUrl
  return `${reachable}/wall#${secret}`
}
