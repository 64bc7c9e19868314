/** The server on this very computer: how it is, and what can be done about it. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { HostView } from '../../../src-main/host/ipc.ts'
import { toUserMessage } from '../../api/errors.ts'
import { useDesk } from '../../stores/desk.ts'

export function useHost() {
  const { t } = useI18n()
  const desk = useDesk()
  /** Null in a browser, and where the program brought no server along. */
  const view = shallowRef<HostView | null>(null)
  const problem = ref('')

  const stopListening = desk.onMessage((message) => {
    if (message.kind === 'host' && view.value) view.value = { ...view.value, state: message.state }
  })
  onScopeDispose(stopListening)

  async function run(act: () => Promise<unknown> | undefined): Promise<void> {
    problem.value = ''
    try {
      await act()
      view.value = (await desk.host?.get()) ?? null
    } catch (error) {
      problem.value = toUserMessage(error, t)
    }
  }

  void run(() => undefined)

  return {
    view,
    problem,
    /** On success the desktop starts the window again by itself, on that server. */
    start: (port: number | null) => run(() => desk.host?.start(port)),
    stop: () => run(() => desk.host?.stop()),
  }
}
