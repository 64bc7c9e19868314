import type { IpcHandlers } from '../ipc/inlet.ts'
import type { Pairing } from '../pairing/pairing.ts'
import type { Host } from './host.ts'
import type { HostAnswers } from './ipc.ts'

export interface HostHandlerDeps {
  readonly host: Host
  readonly pairing: Pick<Pairing, 'setServer'>
}

export function createHostHandlers({ host, pairing }: HostHandlerDeps): Pick<IpcHandlers, keyof HostAnswers> {
  return {
    'host.get': host.view,
    async 'host.start'(port) {
      const state = await host.start(port)
      if (state.step !== 'running') return state
      if ((await pairing.setServer(state.url)).ok) return state
      // Whatever was known of a server on this computer is over: this program has just started the one that is here.
      await pairing.setServer(null)
      const outcome = await pairing.setServer(state.url)
      return outcome.ok ? state : host.giveUp(outcome.reason)
    },
    'host.stop': host.stop,
  }
}
