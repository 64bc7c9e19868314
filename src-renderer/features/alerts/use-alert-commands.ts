import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { AlertView } from '../../../server/alerts/contract.ts'
import { useCommands } from '../../commands/registry.ts'
import { showToast } from '../../ui/toasts.ts'
import { useAlertSettings } from './sound-settings.ts'
import { useAlertActs } from './use-alert-acts.ts'
import { useAlertsAtHand } from './use-alerts-at-hand.ts'

export const SNOOZE_MINUTES = 15

/** What can be done about alerts from everywhere, by key and from the palette; it concerns the one at hand. */
export function useAlertCommands(): void {
  const { t } = useI18n()
  const router = useRouter()
  const { elsewhere, top } = useAlertsAtHand()
  const { acknowledge, snooze } = useAlertActs()
  const { isSoundOn, setSoundOn } = useAlertSettings()
  const group = 'alerts.command.group'
  const calls = () => top.value !== undefined

  const onTop =
    (act: (alert: AlertView) => unknown): (() => void) =>
    () => {
      if (top.value) void act(top.value)
    }

  async function openTicket(): Promise<void> {
    const ticketId = elsewhere.value[0]?.ticketId
    await router.push(ticketId ? { name: 'ticket', params: { id: ticketId } } : { name: 'alerts' })
  }

  async function toggleSound(): Promise<void> {
    await setSoundOn(!isSoundOn.value)
    showToast({ text: t(isSoundOn.value ? 'alerts.command.soundOn' : 'alerts.command.soundOff') })
  }

  useCommands([
    {
      id: 'go.alerts',
      title: 'alerts.command.open',
      group: 'shell.command.group.navigate',
      keys: 'g a',
      run: async () => void (await router.push({ name: 'alerts' })),
    },
    {
      id: 'alerts.acknowledge',
      title: 'alerts.command.acknowledge',
      group,
      keys: '!',
      when: calls,
      run: onTop(acknowledge),
    },
    {
      id: 'alerts.snooze',
      title: 'alerts.command.snooze',
      group,
      keys: 'shift+z',
      when: calls,
      run: onTop((alert) => snooze(alert, SNOOZE_MINUTES)),
    },
    {
      id: 'alerts.ticket',
      title: 'alerts.command.ticket',
      group,
      keys: 'shift+o',
      when: () => elsewhere.value.length > 0,
      run: openTicket,
    },
    { id: 'alerts.sound', title: 'alerts.command.sound', group, run: toggleSound },
  ])
}
