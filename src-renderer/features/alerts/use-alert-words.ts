import { useI18n } from 'vue-i18n'
import type { AlertView } from '../../../server/alerts/contract.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useNow } from '../../ui/use-now.ts'
import { lateness, matterOf } from '../../../server/alerts/matter.contract.ts'
import { escalatedTo } from './alert-words.ts'

const MINUTE_MS = 60_000

/** Puts alerts into words, in the reader's language and against the shared clock: call inside a template or a computed. */
export function useAlertWords() {
  const { t } = useI18n()
  const format = useFormat()
  const now = useNow()
  const session = useSessionStore()

  /** "Prazo da 1ª resposta". */
  function what(alert: AlertView): string {
    const matter = matterOf(alert, now.value)
    if (matter.kind === 'promise') return t(`alerts.metric.${matter.metric}`)
    if (matter.kind === 'reminder')
      return matter.text ? t('alerts.reminder.text', { text: matter.text }) : t('alerts.reminder.plain')
    if (matter.kind === 'rule')
      return t(`alerts.rule.${matter.says}`, { rule: matter.rule, text: matter.text })
    if (matter.kind === 'flood')
      return t('alerts.flood', { count: matter.count, time: format.duration(matter.minutes * MINUTE_MS) })
    if (matter.kind === 'webhook') return t('alerts.other.webhook', { name: matter.name })
    if (matter.kind === 'unsent') return t(`alerts.unsent.${matter.what}`, { name: matter.name })
    if (matter.kind === 'offer') return t('alerts.other.offer')
    if (matter.kind === 'missedCall')
      return t(`alerts.missedCall.${matter.who}`, { caller: matter.caller, times: matter.times })
    if (matter.kind === 'whisper') return t('alerts.whisper', { from: matter.from, text: matter.text })
    if (matter.kind === 'limit')
      return t(
        `alerts.limit.${matter.tile}`,
        { value: matter.value, limit: matter.limit, dashboard: matter.dashboard },
        Number(matter.value),
      )
    if (matter.kind === 'nobody')
      return matter.team ? t('alerts.other.nobodyIn', { team: matter.team }) : t('alerts.other.nobody')
    return alert.ticket ? t('alerts.other.ticket', { number: alert.ticket.number }) : t('alerts.other.desk')
  }

  /** "vencido há 4 min"; empty where there is no deadline. */
  function when(alert: AlertView): string {
    const matter = matterOf(alert, now.value)
    if (matter.kind !== 'promise') return ''
    if (matter.dueAt === null) return t(matter.isOver ? 'alerts.due.breached' : 'alerts.due.warning')
    const time = format.duration(matter.dueAt - now.value)
    return t(matter.isOver ? 'alerts.due.over' : 'alerts.due.left', { time })
  }

  function headline(alert: AlertView): string {
    const time = when(alert)
    return time ? t('alerts.sentence', { what: what(alert), when: time }) : what(alert)
  }

  /** "2º aviso · escalado para você e mais 2"; empty at the first level. */
  function level(alert: AlertView): string {
    const joined = escalatedTo(alert, session.agent?.id ?? null)
    if (!joined) return ''
    const nth = t('alerts.level.nth', { level: alert.level })
    const to = escalated(joined)
    return to ? `${nth} · ${to}` : nth
  }

  function escalated({ includesReader, names }: { includesReader: boolean; names: string[] }): string {
    const [name, ...others] = names
    if (includesReader)
      return name ? t('alerts.level.youAndMore', { count: names.length }) : t('alerts.level.you')
    if (!name) return ''
    return others.length > 0
      ? t('alerts.level.more', { name, count: others.length })
      : t('alerts.level.one', { name })
  }

  /** "avisado com 3 h 00 de atraso…"; empty when it came in time. */
  function late(alert: AlertView): string {
    const ms = lateness(alert)
    return ms === null ? '' : t('alerts.late', { time: format.duration(ms) })
  }

  function ticket({ ticket: about }: AlertView): string {
    return about ? `${about.number} · ${about.subject}` : ''
  }

  /** Who has it in hand, where somebody does. */
  function acknowledgedBy({ acknowledgedAt, acknowledgedBy: actor }: AlertView): string {
    if (acknowledgedAt === null) return ''
    if (actor?.type !== 'agent') return t('alerts.state.bySomebody')
    if (actor.id === session.agent?.id) return t('alerts.state.byYou')
    return actor.name ? t('alerts.state.by', { name: actor.name }) : t('alerts.state.acknowledged')
  }

  return { what, when, headline, level, late, ticket, acknowledgedBy }
}
