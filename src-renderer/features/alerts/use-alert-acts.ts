import { useI18n } from 'vue-i18n'
import type { AlertView } from '../../../server/alerts/contract.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { announce } from '../../shell/announce.ts'
import { useAlertsStore } from '../../stores/alerts.ts'

const MINUTE_MS = 60_000

/** What a reader does about an alert, said aloud for those who don't see the card fall silent. */
export function useAlertActs() {
  const { t } = useI18n()
  const format = useFormat()
  const alerts = useAlertsStore()

  async function acknowledge({ id }: AlertView): Promise<void> {
    await alerts.acknowledge(id)
    announce(t('alerts.done.acknowledged'))
  }

  async function snooze({ id }: AlertView, minutes: number): Promise<void> {
    await alerts.snooze(id, minutes)
    announce(t('alerts.done.snoozed', { time: format.time(Date.now() + minutes * MINUTE_MS) }))
  }

  return { acknowledge, snooze }
}
