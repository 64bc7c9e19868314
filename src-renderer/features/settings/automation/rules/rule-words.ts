import type { Delay, Notify, RuleAction } from '../../../../../server/rules/action.contract.ts'
import type { ConditionTree } from '../../../../../server/conditions/contract.ts'
import type { RuleDefinition } from '../../../../../server/rules/contract.ts'

/** What has a name of its own behind an id or key. */
export type Named = 'priority' | 'status' | 'team' | 'agent' | 'type' | 'category' | 'webhook' | 'level'

/** What sentences are made with: the language, and the names behind ids. */
export interface RuleWords {
  t: (key: string, values?: Record<string, unknown>, plural?: number) => string
  and: (parts: readonly string[]) => string
  or: (parts: readonly string[]) => string
  conditions: (tree: ConditionTree) => string
  /** "3 dias úteis". */
  delay: (delay: Delay) => string
  /** A custom field's name by its key, and what a value of it is called. */
  fieldName: (key: string) => string
  fieldValue: (key: string, value: unknown) => string
  /** Null for one that is gone. */
  nameOf: (what: Named, ref: string) => string | null
}

/** "Quando um ticket chega · Nível do cliente: VIP → Prioridade Urgente, alerta urgente". */
export function ruleSentence(rule: RuleDefinition, words: RuleWords): string {
  const { t } = words
  const when = rule.when ? words.conditions(rule.when) : t('rules.forAll')
  const does = rule.then.filter((action) => action.do !== 'stop').map((action) => actionWords(action, words))
  const ends = rule.stop || rule.then.some((action) => action.do === 'stop') ? [t('rules.does.stop')] : []
  return t('rules.sentence', { moment: momentWords(rule, words), when, does: [...does, ...ends].join(', ') })
}

/** "Quando um ticket chega ou o cliente escreve", "Depois de 3 dias na mesma situação". */
function momentWords({ on, after }: Pick<RuleDefinition, 'on' | 'after'>, words: RuleWords): string {
  const { t, or } = words
  const events = on.filter((trigger) => trigger !== 'time').map((trigger) => t(`rules.trigger.${trigger}`))
  const timed =
    on.includes('time') && after
      ? [t('rules.afterTime', { time: words.delay(after), since: t(`rules.since.${after.since}`) })]
      : []
  const whens = events.length > 0 ? [t('rules.whenTrigger', { triggers: or(events) })] : []
  return [...whens, ...timed].join(' / ')
}

/** "Prioridade Urgente", "alerta urgente para a equipe". */
function actionWords(action: RuleAction, words: RuleWords): string {
  const { t, and, nameOf } = words
  const named = (what: Named, ref: string | null, key: string) =>
    ref === null
      ? t(`rules.clears.${key}`)
      : t(`rules.does.${key}`, { name: ref === '' ? '…' : (nameOf(what, ref) ?? t('rules.gone')) })
  const people = (to: readonly Notify[]) => and(to.map((who) => personWords(who, words)))
  switch (action.do) {
    case 'setPriority':
      return named('priority', action.value, action.do)
    case 'setStatus':
      return named('status', action.value, action.do)
    case 'setTeam':
      return named('team', action.value, action.do)
    case 'setAgent':
      return named('agent', action.value, action.do)
    case 'setType':
      return named('type', action.value, action.do)
    case 'setCategory':
      return named('category', action.value, action.do)
    case 'setUrgency':
    case 'setImpact':
      return named('level', action.value, action.do)
    case 'setField': {
      const { key, value } = action.value
      const field = key === '' ? '…' : words.fieldName(key)
      return value === null
        ? t('rules.clears.setField', { field })
        : t('rules.does.setField', { field, value: words.fieldValue(key, value) || '…' })
    }
    case 'setDue':
      return action.value === null
        ? t('rules.clears.setDue')
        : t('rules.does.setDue', { time: words.delay(action.value.after) })
    case 'addTags':
    case 'removeTags':
      return t(`rules.does.${action.do}`, { names: and(action.value) || '…' }, action.value.length)
    case 'assign':
      return t(`rules.does.assign.${action.value.mode}`, {
        how: t(`rules.assign.how.${action.value.strategy}`),
      })
    case 'notify':
      return t('rules.does.notify', { people: people(action.value.to) })
    case 'raiseAlert':
      return t(`rules.does.raiseAlert.${action.value.severity}`, { people: people(action.value.to) })
    case 'webhook':
      return named('webhook', action.value, action.do)
    case 'remind':
      return t('rules.does.remind', {
        people: people(action.value.to),
        time: words.delay(action.value.after),
      })
    case 'followUp':
      return t('rules.does.followUp', { time: words.delay(action.value.after) })
    case 'mergeInto':
      return t(`rules.does.mergeInto.${action.value}`)
    case 'applySuggestion':
      return t('rules.does.applySuggestion', { field: t(`rules.suggestion.of.${action.value.field}`) })
    default:
      return t(`rules.does.${action.do}`)
  }
}

export function personWords(who: Notify, { t, nameOf }: RuleWords): string {
  if (who === 'agent' || who === 'team' || who === 'supervisors') return t(`rules.people.${who}`)
  return nameOf('agent', who) ?? t('rules.gone')
}
