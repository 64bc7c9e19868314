import type { Discovery } from '../discovery/discovery.ts'
import type { IpcHandlers } from '../ipc/inlet.ts'
import type { PairingAnswers } from './ipc.ts'
import type { Pairing } from './pairing.ts'

export function createPairingHandlers(
  pairing: Pairing,
  discovery: Discovery,
): Pick<IpcHandlers, keyof PairingAnswers> {
  return {
    'pairing.status': () => pairing.status(),
    'pairing.look': (typed) => pairing.look(typed),
    'pairing.look-found': (id) => pairing.lookAtAny(discovery.addressesOf(id)),
    'pairing.connect': (url, typedCode) => pairing.connect(url, typedCode),
    'pairing.browse': (on) => discovery.show(on),
    'pairing.offline': () => discovery.search(),
    'pairing.later': () => pairing.later(),
  }
}
