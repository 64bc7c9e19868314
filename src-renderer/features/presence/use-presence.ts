import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { presenceStates, type PresenceState } from '../../../server/routing/contract.ts'
import { toUserMessage } from '../../api/errors.ts'
import { useCommands } from '../../commands/registry.ts'
import { announce } from '../../shell/announce.ts'
import { usePresenceStore } from '../../stores/presence.ts'
import { showToast } from '../../ui/toasts.ts'

const keys: Record<PresenceState, string> = { available: 'v d', busy: 'v o', away: 'v a', offline: 'v f' }

/** The reader's own state, in words and to be changed; what it became is said aloud. */
export function usePresence() {
  const { t } = useI18n()
  const presence = usePresenceStore()

  async function change(state: PresenceState): Promise<void> {
    if (state === presence.mine) return
    try {
      await presence.set(state)
      announce(t('presence.changed', { state: t(`presence.state.${state}`) }))
    } catch (error) {
      showToast({ tone: 'danger', text: toUserMessage(error, t) })
    }
  }

  const mine = computed({
    get: () => presence.mine,
    set: (state) => void change(state),
  })
  const options = computed(() =>
    presenceStates.map((value) => ({ value, label: t(`presence.state.${value}`) })),
  )
  return { mine, options, change }
}

/** From everywhere, by key and from the palette. */
export function usePresenceCommands(): void {
  const { change } = usePresence()
  useCommands(
    presenceStates.map((state) => ({
      id: `presence.${state}`,
      title: `presence.command.${state}`,
      group: 'presence.command.group',
      keys: keys[state],
      run: () => change(state),
    })),
  )
}
