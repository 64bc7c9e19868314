import { onScopeDispose, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ComputerChanges, ComputerState } from '../../../../src-main/startup/ipc.ts'
import { toUserMessage } from '../../../api/errors.ts'
import { useDesk } from '../../../stores/desk.ts'

/** How the program lives on this computer; each change works at once. */
export function useComputer() {
  const { t } = useI18n()
  const { computer } = useDesk()
  const state = shallowRef<ComputerState | null>(null)
  const problem = ref('')

  async function run(asked: Promise<ComputerState> | undefined): Promise<void> {
    problem.value = ''
    try {
      state.value = (await asked) ?? null
    } catch (error) {
      problem.value = toUserMessage(error, t)
    }
  }

  const look = (): Promise<void> => run(computer?.get())
  // The tray and the keys for zooming change the same things.
  const onFocus = (): void => void look()
  window.addEventListener('focus', onFocus)
  onScopeDispose(() => window.removeEventListener('focus', onFocus))
  void look()

  return { state, problem, look, change: (changes: ComputerChanges) => run(computer?.set(changes)) }
}
