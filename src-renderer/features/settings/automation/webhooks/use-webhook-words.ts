import { useI18n } from 'vue-i18n'
import type { TryView } from '../../../../../server/jobs/contract.ts'
import type { WebhookView } from '../../../../../server/webhooks/contract.ts'
import { useFormat } from '../../../../i18n/use-format.ts'

type End = Pick<TryView, 'status' | 'problem'>

/** Puts webhooks and what became of deliveries into words: call inside a template or a computed. */
export function useWebhookWords() {
  const { t } = useI18n()
  const format = useFormat()

  /** "respondeu 204", "sem resposta em 10 s". */
  function end({ status, problem }: End): string {
    if (problem === null) return t('webhooks.end.ok', { status: status ?? '' })
    return t(`webhooks.end.${problem}`, { status: status ?? '' })
  }

  /** What goes on with it, in one line. */
  function situation({ state, lastAt, lastStatus, lastProblem, nextAt, waiting, dead }: WebhookView): string {
    if (state === 'idle' || lastAt === null)
      return waiting > 0 ? queued(waiting) : t('webhooks.situation.idle')
    const parts = [
      state === 'ok'
        ? t('webhooks.situation.ok', { when: format.relative(lastAt) })
        : end({ status: lastStatus, problem: lastProblem }),
    ]
    if (state === 'failing' && nextAt)
      parts.push(t('webhooks.situation.next', { when: format.relative(nextAt) }))
    if (waiting > 0) parts.push(queued(waiting))
    if (dead > 0) parts.push(t('webhooks.situation.dead', { count: dead }, dead))
    return parts.join(' · ')
  }

  const queued = (count: number) => t('webhooks.situation.waiting', { count }, count)

  return { end, situation }
}
