import type { RuleEffect, RuleFieldChanges, RulePreview } from '../../../../../server/rules/contract.ts'
import { personWords, type RuleWords } from './rule-words.ts'

/** What is done to somebody else, beside changes of the ticket. */
const effectKinds = [
  'reply',
  'note',
  'alert',
  'assign',
  'webhook',
  'remind',
  'followUp',
  'mergeInto',
  'applySuggestion',
] as const satisfies readonly RuleEffect['type'][]

/** "Teria mudado 41 tickets, enviado 12 mensagens e levantado 3 alertas"; empty when nothing matched. */
export function previewTotals(
  { counts, tickets }: RulePreview,
  { t, and }: Pick<RuleWords, 't' | 'and'>,
  number: (value: number) => string,
): string {
  if (tickets === 0) return ''
  const part = (key: string, count: number) =>
    t(`rules.preview.total.${key}`, { count: number(count) }, count)
  const changed = counts['changed'] ?? 0
  const parts = [
    ...(changed > 0 ? [part('changed', changed)] : []),
    ...effectKinds.flatMap((kind) => {
      const count = counts[kind] ?? 0
      return count > 0 ? [part(kind, count)] : []
    }),
  ]
  return parts.length > 0 ? t('rules.preview.totals', { parts: and(parts) }) : t('rules.preview.nothing')
}

/** How a change's two sides are called. */
export interface ChangeWords {
  propertyName: (field: string) => string
  valueName: (field: string, value: unknown) => string
}

/** "Prioridade: Normal → Urgente", one for each thing that changed. */
export function changeWords(changes: RuleFieldChanges, { propertyName, valueName }: ChangeWords): string[] {
  return Object.entries(changes).map(
    ([field, { from, to }]) => `${propertyName(field)}: ${valueName(field, from)} → ${valueName(field, to)}`,
  )
}

/** "Responde: “Olá, Maria…”". */
export function effectWords(effect: RuleEffect, words: RuleWords, moment: (at: string) => string): string {
  const { t, and, nameOf } = words
  const people = (to: readonly string[]) => and(to.map((who) => personWords(who, words)))
  switch (effect.type) {
    case 'reply':
    case 'note':
      return t(`rules.effect.${effect.type}`, { text: shortened(effect.text) })
    case 'alert':
      return t(`rules.effect.alert.${effect.severity}`, { people: people(effect.to), text: effect.text })
    case 'assign':
      return t(`rules.does.assign.${effect.value.mode}`, {
        how: t(`rules.assign.how.${effect.value.strategy}`),
      })
    case 'webhook':
      return t('rules.does.webhook', { name: nameOf('webhook', effect.webhookId) ?? t('rules.gone') })
    case 'remind':
      return t('rules.effect.remind', {
        people: people(effect.to),
        when: moment(effect.dueAt),
        text: effect.text,
      })
    case 'followUp':
      return t('rules.effect.followUp', { when: moment(effect.dueAt), text: shortened(effect.text) })
    case 'mergeInto':
      return t(`rules.does.mergeInto.${effect.value}`)
    case 'applySuggestion':
      return t('rules.does.applySuggestion', { field: t(`rules.suggestion.of.${effect.field}`) })
  }
}

const SHOWN = 140

/** A message at a glance: its words, without its layout. */
function shortened(text: string): string {
  const bare = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return bare.length > SHOWN ? `${bare.slice(0, SHOWN).trimEnd()}…` : bare
}
