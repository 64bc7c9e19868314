import { nextTick, type Ref } from 'vue'
import type { AlertView } from '../../../server/alerts/contract.ts'
import { useCommands } from '../../commands/registry.ts'
import { useAlertsStore } from '../../stores/alerts.ts'
import { useAlertActs } from './use-alert-acts.ts'
import { SNOOZE_MINUTES } from './use-alert-commands.ts'

interface AlertList {
  list: Readonly<Ref<HTMLElement | null>>
  rows: Readonly<Ref<readonly AlertView[]>>
  canAcknowledgeAll: () => boolean
  askAll: () => void
}

/** The list of alerts by keyboard. Here the keys speak of the row that has the focus, or of the first. */
export function useAlertPageCommands({ list, rows, canAcknowledgeAll, askAll }: AlertList): void {
  const alerts = useAlertsStore()
  const { acknowledge, snooze } = useAlertActs()
  const group = 'alerts.command.group'
  const hasRows = () => rows.value.length > 0

  const elements = (): HTMLElement[] => [
    ...(list.value?.querySelectorAll<HTMLElement>('[data-alert-row]') ?? []),
  ]
  const focusedRow = (): number => {
    const focused = document.activeElement
    return elements().findIndex((element) => element.closest('li')?.contains(focused) ?? false)
  }

  function move(step: number): void {
    const at = focusedRow()
    elements()[Math.max(0, Math.min(at + step, rows.value.length - 1))]?.focus()
  }

  /** Acts on a row; when that takes the row away, the keyboard goes on to the next. */
  async function onRow(act: (alert: AlertView) => unknown): Promise<void> {
    const at = focusedRow()
    const id = elements()[Math.max(0, at)]?.dataset['id']
    const alert = rows.value.find((row) => row.id === id)
    if (!alert || alert.acknowledgedAt !== null) return
    await act(alert)
    await nextTick()
    if (at >= 0 && focusedRow() < 0) elements()[Math.min(at, elements().length - 1)]?.focus()
  }

  useCommands([
    {
      id: 'alerts.acknowledge',
      title: 'alerts.command.acknowledgeThis',
      group,
      keys: '!',
      when: hasRows,
      run: () => onRow(acknowledge),
    },
    {
      id: 'alerts.snooze',
      title: 'alerts.command.snoozeThis',
      group,
      keys: 'shift+z',
      when: hasRows,
      run: () => onRow((alert) => alerts.isMine(alert) && snooze(alert, SNOOZE_MINUTES)),
    },
    {
      id: 'alerts.next',
      title: 'alerts.command.next',
      group,
      keys: 'j',
      repeatable: true,
      when: hasRows,
      run: () => move(1),
    },
    {
      id: 'alerts.previous',
      title: 'alerts.command.previous',
      group,
      keys: 'k',
      repeatable: true,
      when: hasRows,
      run: () => move(-1),
    },
    { id: 'alerts.all', title: 'alerts.command.all', group, when: canAcknowledgeAll, run: askAll },
  ])
}
