import { shallowRef, type ShallowRef } from 'vue'
import type { ServerAlarm } from '../../../src-main/pairing/ipc.ts'
import type { DeskBridge } from '../../desk/bridge.ts'
import { useDesk } from '../../stores/desk.ts'

/** One for the whole page: the main process tells every change once. */
let alarm: ShallowRef<ServerAlarm | null> | null = null

function follow(desk: DeskBridge): ShallowRef<ServerAlarm | null> {
  const followed = shallowRef<ServerAlarm | null>(null)
  if (!desk.pairing) return followed
  desk.onMessage((message) => {
    if (message.kind === 'server-alarm') followed.value = message.alarm
    // Only a page that is loaded anew gets the policy that lets it talk to the new address; drafts and queue are kept.
    if (message.kind === 'server-moved') window.location.reload()
  })
  void desk.pairing.status().then((status) => (followed.value ??= status.alarm))
  return followed
}

/** What stands between this computer and its server; null when nothing does, and in a browser, which says so itself. */
export function useServerAlarm() {
  const desk = useDesk()
  alarm ??= follow(desk)
  return { alarm, later: () => desk.pairing?.later() }
}
