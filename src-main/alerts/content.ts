/** What a notification, a card and a tray entry say. Pure. */
import type { AlertView } from '../../server/alerts/contract.ts'
import { lateness, matterOf } from '../../server/alerts/matter.contract.ts'
import type { Language } from '../ipc/contract.ts'
import type { Happening, TicketNews } from './happening.ts'
import type { AlertSettings } from './ipc.ts'
import { textsIn, type Texts } from './texts.ts'

export interface Content {
  readonly title: string
  readonly body: string
}

export interface Reader {
  readonly language: Language
  readonly privacy: AlertSettings['privacy']
  /** UTC milliseconds. */
  readonly now: number
}

export function content(happening: Happening, reader: Reader): Content {
  const texts = textsIn(reader.language)
  const { severity } = happening
  if (reader.privacy === 'nothing') return { title: 'Balcão', body: texts.t(`desktop.hidden.${severity}`) }
  if (happening.what === 'news') return newsContent(happening, texts, reader.privacy === 'name')
  const { alert } = happening
  const requester = alert.ticket?.requester ?? ''
  if (reader.privacy === 'name') return { title: texts.t(`desktop.named.${severity}`), body: requester }
  const about = alert.ticket ? `${alert.ticket.number} · ${alert.ticket.subject}` : ''
  const late = lateness(alert)
  return {
    title: headline(alert, reader),
    body: lines(
      about,
      requester,
      late === null ? '' : texts.t('desktop.late', { time: texts.duration(late) }),
    ),
  }
}

/** "Prazo da 1ª resposta vencido há 4 min". Honours no privacy level: for what is shown on our own page. */
function headline(alert: AlertView, { language, now }: Pick<Reader, 'language' | 'now'>): string {
  const texts = textsIn(language)
  const matter = matterOf(alert, now)
  if (matter.kind !== 'promise') return what(alert, matter, texts)
  const { dueAt, isOver } = matter
  const when =
    dueAt === null
      ? texts.t(isOver ? 'alerts.due.breached' : 'alerts.due.warning')
      : texts.t(isOver ? 'alerts.due.over' : 'alerts.due.left', { time: texts.duration(dueAt - now) })
  return texts.t('alerts.sentence', { what: texts.t(`alerts.metric.${matter.metric}`), when })
}

/** Many told as one; `isLate` when they came while nobody could be told. */
export function contentOfMany(alerts: readonly AlertView[], isLate: boolean, reader: Reader): Content {
  const texts = textsIn(reader.language)
  const count = alerts.length
  const title = texts.t(isLate ? 'desktop.many.late' : 'desktop.many.title', { count })
  if (reader.privacy === 'nothing') return { title: 'Balcão', body: title }
  const urgent = alerts.filter(({ severity }) => severity === 'urgent').length
  const [first] = alerts
  const told = urgent > 0 ? texts.t('desktop.many.urgent', { count: urgent }) : ''
  if (reader.privacy === 'name' || !first) return { title, body: told }
  return { title, body: lines(told, texts.t('desktop.many.first', { headline: headline(first, reader) })) }
}

/** In a language's words, the buttons that a notification may have. */
export function actionsFor(happening: Happening, language: Language): { id: string; label: string }[] {
  const { t } = textsIn(language)
  const open = { id: 'open', label: t('desktop.act.open') }
  if (happening.what === 'news') return [open]
  return [
    open,
    { id: 'acknowledge', label: t('desktop.act.acknowledge') },
    { id: 'snooze', label: t('desktop.act.snooze') },
  ]
}

function newsContent(
  { kind, scope, news }: { kind: string; scope: string; news: TicketNews },
  { t }: Texts,
  isNameOnly: boolean,
): Content {
  const title = newsTitle(kind, scope, news, t)
  if (isNameOnly) return { title, body: news.requester }
  return { title, body: lines(`${news.number} · ${news.subject}`, news.text) }
}

function newsTitle(kind: string, scope: string, { requester, actor }: TicketNews, t: Texts['t']): string {
  if (kind === 'customerMessage') return t('desktop.notice.customerMessage', { requester })
  if (kind === 'note')
    return actor === null ? t('desktop.notice.noteBySomebody') : t('desktop.notice.note', { actor })
  if (kind === 'assigned')
    return t(scope === 'mine' ? 'desktop.notice.assigned' : 'desktop.notice.assignedTeam')
  return t('desktop.notice.newTicket')
}

function what(alert: AlertView, matter: ReturnType<typeof matterOf>, { t, duration }: Texts): string {
  switch (matter.kind) {
    case 'reminder':
      return matter.text ? t('alerts.reminder.text', { text: matter.text }) : t('alerts.reminder.plain')
    case 'rule':
      return t(`alerts.rule.${matter.says}`, { rule: matter.rule, text: matter.text })
    case 'flood':
      return t('alerts.flood', { count: matter.count, time: duration(matter.minutes * 60_000) })
    case 'webhook':
      return t('alerts.other.webhook', { name: matter.name })
    case 'unsent':
      return t(`alerts.unsent.${matter.what}`, { name: matter.name })
    case 'offer':
      return t('alerts.other.offer')
    case 'missedCall':
      return t(`alerts.missedCall.${matter.who}`, { caller: matter.caller, times: matter.times })
    case 'whisper':
      return t('alerts.whisper', { from: matter.from, text: matter.text })
    case 'limit': {
      const { value, limit, dashboard } = matter
      return t(`alerts.limit.${matter.tile}`, { value, limit, dashboard, count: Number(value) })
    }
    case 'nobody':
      return matter.team ? t('alerts.other.nobodyIn', { team: matter.team }) : t('alerts.other.nobody')
    default:
      return alert.ticket ? t('alerts.other.ticket', { number: alert.ticket.number }) : t('alerts.other.desk')
  }
}

const lines = (...parts: string[]): string => parts.filter((part) => part !== '').join('\n')
