import type { Notify } from '../../../../../server/rules/action.contract.ts'
import type { LevelAction } from '../../../../../server/sla/contract.ts'
import { parseDuration } from './duration.ts'
import { parsePercent, type LevelDraft } from './ladder.ts'

/** What sentences are made with: the language, and the names behind ids (null for one that is unknown). */
export interface SentenceWords {
  t: (key: string, values?: Record<string, unknown>, plural?: number) => string
  /** "a, b e c". */
  and: (parts: readonly string[]) => string
  write: (minutes: number) => string
  nameOf: (what: 'agent' | 'team' | 'priority', id: string) => string | null
}

type Moment = Pick<LevelDraft, 'metric' | 'moment' | 'amount'>

/** "Aos 80 % da 1ª resposta"; an amount that can't be read yet stands as "…". */
function momentWords({ metric, moment, amount }: Moment, { t, write }: SentenceWords): string {
  const of = t(`sla.ofMetric.${metric}`)
  if (moment === 'percent') return t('sla.moment.percent', { percent: parsePercent(amount) ?? '…', of })
  const minutes = parseDuration(amount)
  return t(`sla.moment.${moment}`, { time: minutes === null ? '…' : write(minutes), of })
}

/** "Aos 80 %", "15 min antes", for where the clock that is meant stands beside it. */
export function shortMoment({ moment, amount }: Omit<Moment, 'metric'>, { t, write }: SentenceWords): string {
  if (moment === 'percent') return t('sla.short.percent', { percent: parsePercent(amount) ?? '…' })
  const minutes = parseDuration(amount)
  return t(`sla.short.${moment}`, { time: minutes === null ? '…' : write(minutes) })
}

/** "avisa o responsável e os supervisores", "muda a prioridade para Urgente". */
export function deedWords(
  { notify, actions }: Pick<LevelDraft, 'notify' | 'actions'>,
  words: SentenceWords,
): string[] {
  const people = notify.map((who) => personWords(who, words))
  const telling = people.length > 0 ? [words.t('sla.does.notify', { people: words.and(people) })] : []
  return [...telling, ...actions.map((action) => actionWords(action, words))]
}

/** "Aos 80 % da 1ª resposta avisa o responsável". */
export function levelSentence(level: LevelDraft, words: SentenceWords): string {
  const deeds = deedWords(level, words)
  const does = deeds.length > 0 ? deeds.join(', ') : words.t('sla.does.nothing')
  return words.t('sla.sentence', { moment: momentWords(level, words), does })
}

function personWords(who: Notify, { t, nameOf }: SentenceWords): string {
  if (who === 'agent' || who === 'team' || who === 'supervisors') return t(`sla.tell.${who}`)
  return nameOf('agent', who) ?? t('sla.someoneGone')
}

function actionWords(action: LevelAction, { t, and, nameOf }: SentenceWords): string {
  switch (action.do) {
    case 'setPriority':
      return t('sla.does.setPriority', { name: nameOf('priority', action.value) ?? '…' })
    case 'setTeam':
      return t('sla.does.setTeam', { name: nameOf('team', action.value) ?? '…' })
    case 'setAgent':
      return t('sla.does.setAgent', { name: nameOf('agent', action.value) ?? '…' })
    case 'addTags':
      return t('sla.does.addTags', { names: and(action.value) }, Math.max(1, action.value.length))
    case 'addNote':
      return t('sla.does.addNote')
  }
}
