import { onScopeDispose, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useAlertsStore } from '../../stores/alerts.ts'
import { byUrgency } from '../../../server/alerts/standing.contract.ts'
import { useAlertWords } from './use-alert-words.ts'

/** What a screen reader is told of alerts: each call once, several at a time in one sentence. */
export function useSpokenAlerts() {
  const { t } = useI18n()
  const words = useAlertWords()
  const alerts = useAlertsStore()
  const spoken = ref('')

  const stop = alerts.onCall((calls) => {
    const [first] = calls.map(({ alert }) => alert).sort(byUrgency)
    if (!first) return
    const said = { headline: words.headline(first), ticket: words.ticket(first) }
    spoken.value =
      calls.length > 1
        ? t('alerts.spoken.many', { count: calls.length, ...said })
        : t('alerts.spoken.one', said)
  })
  onScopeDispose(stop)
  return { spoken }
}
