/** Finding a server and being sure of it, step by step: an address, what lives there, the code. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { FoundServer, LookedAt, LookOutcome, PairingApi } from '../../../src-main/pairing/ipc.ts'
import { useDesk } from '../../stores/desk.ts'

export function useConnect() {
  const { t } = useI18n()
  const desk = useDesk()
  const found = shallowRef<readonly FoundServer[]>([])
  /** The server that waits for its code to be compared. */
  const looked = shallowRef<LookedAt | null>(null)
  const error = ref('')
  /** What is being looked at: an address, or a found server's id. */
  const busy = ref<string | null>(null)

  if (desk.pairing) {
    const stopListening = desk.onMessage((message) => {
      if (message.kind === 'servers-found') found.value = message.servers
    })
    void desk.pairing.browse(true)
    onScopeDispose(() => {
      stopListening()
      void desk.pairing?.browse(false)
    })
  }

  /** On success the desktop starts the window again by itself, with the server allowed. */
  async function look(what: string, ask: (pairing: PairingApi) => Promise<LookOutcome>): Promise<void> {
    if (!desk.pairing || busy.value !== null) return
    busy.value = what
    error.value = ''
    const outcome = await ask(desk.pairing)
    busy.value = null
    if (!outcome.ok) error.value = t(`connect.problem.${outcome.reason}`)
    else if (outcome.server.trust === 'compare' || outcome.server.trust === 'changed')
      looked.value = outcome.server
    else await connect(outcome.server, null)
  }

  async function connect(server: LookedAt, typedCode: string | null): Promise<void> {
    busy.value = server.url
    error.value = ''
    const outcome = await desk.pairing?.connect(server.url, typedCode)
    if (!outcome || outcome.ok) return
    busy.value = null
    error.value = t(outcome.reason === 'wrongCode' ? 'connect.changed.wrong' : 'connect.stale')
    if (outcome.reason === 'stale') looked.value = null
  }

  return {
    found,
    looked,
    error,
    busy,
    lookAt: (address: string) => look(address, (pairing) => pairing.look(address)),
    lookAtFound: ({ id }: FoundServer) => look(id, (pairing) => pairing.lookFound(id)),
    connect,
    back: () => {
      looked.value = null
      error.value = ''
    },
  }
}
