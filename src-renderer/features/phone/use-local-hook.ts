/** Where softphones of this computer tell of calls; each change works at once. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { PhoneHookChanges, PhoneHookView } from '../../../src-main/phone/ipc.ts'
import { toUserMessage } from '../../api/errors.ts'
import { useDesk } from '../../stores/desk.ts'

export function useLocalHook() {
  const { t } = useI18n()
  const { phoneHook } = useDesk()
  /** Null in a browser, and until the program has answered. */
  const view = shallowRef<PhoneHookView | null>(null)
  const problem = ref('')

  async function run(asked: Promise<PhoneHookView> | undefined): Promise<void> {
    problem.value = ''
    try {
      view.value = (await asked) ?? null
    } catch (error) {
      problem.value = toUserMessage(error, t)
    }
  }

  const look = (): Promise<void> => run(phoneHook?.get())
  // A port that another program had is tried again by itself.
  const onFocus = (): void => void look()
  window.addEventListener('focus', onFocus)
  onScopeDispose(() => window.removeEventListener('focus', onFocus))
  void look()

  return {
    view,
    problem,
    change: (changes: PhoneHookChanges) => run(phoneHook?.set(changes)),
    renew: () => run(phoneHook?.renew()),
  }
}
