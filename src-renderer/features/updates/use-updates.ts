import { shallowRef, type ShallowRef } from 'vue'
import type { UpdateState } from '../../../src-main/updates/ipc.ts'
import type { DeskBridge } from '../../desk/bridge.ts'
import { useDesk } from '../../stores/desk.ts'

/** One for the whole page: the main process tells every change once. */
let state: ShallowRef<UpdateState | null> | null = null

function follow(desk: DeskBridge): ShallowRef<UpdateState | null> {
  const followed = shallowRef<UpdateState | null>(null)
  if (!desk.updates) return followed
  desk.onMessage((message) => {
    if (message.kind === 'updates') followed.value = message.state
  })
  void desk.updates.get().then((now) => (followed.value ??= now))
  return followed
}

/** What is known of this program's updates; null in a browser, whose page is always the server's own. */
export function useUpdates() {
  const desk = useDesk()
  state ??= follow(desk)
  return {
    state,
    check: () => desk.updates?.check(),
    install: () => desk.updates?.install(),
  }
}
