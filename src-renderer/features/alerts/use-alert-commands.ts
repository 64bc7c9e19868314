import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { AlertView } from '../../../server/alerts/contract.ts'
import { useCommands } from '../../commands/registry.ts'
import { useAlertsStore } from '../../stores/alerts.ts'
import { showToast } from '../../ui/toasts.ts'
import { soundOn } from './sound-setting.ts'
import { useAlertActs } from './use-alert-acts.ts'

export const SNOOZE_MINUTES = 15

/** What can be done about alerts from everywhere, by key and from the palette; it concerns the one on top. */
export function useAlertCommands(): void {
  const { t } = useI18n()
  const router = useRouter()
  const alerts = useAlertsStore()
  const { acknowledge, snooze } = useAlertActs()
  const group = 'alerts.command.group'
  const calls = () => alerts.calling.length > 0

  const top =
    (act: (alert: AlertView) => unknown): (() => void) =>
    () => {
      const [alert] = alerts.calling
      if (alert) void act(alert)
    }

  async function openTicket({ ticketId }: AlertView): Promise<void> {
    await router.push(ticketId ? { name: 'ticket', params: { id: ticketId } } : { name: 'alerts' })
  }

  function toggleSound(): void {
    soundOn.value = !soundOn.value
    showToast({ text: t(soundOn.value ? 'alerts.command.soundOn' : 'alerts.command.soundOff') })
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
      run: top(acknowledge),
    },
    {
      id: 'alerts.snooze',
      title: 'alerts.command.snooze',
      group,
      keys: 'shift+z',
      when: calls,
      run: top((alert) => snooze(alert, SNOOZE_MINUTES)),
    },
    {
      id: 'alerts.ticket',
      title: 'alerts.command.ticket',
      group,
      keys: 'shift+o',
      when: calls,
      run: top(openTicket),
    },
    { id: 'alerts.sound', title: 'alerts.command.sound', group, run: toggleSound },
  ])
}
