import type { Actor } from '../../../server/events/contract.ts'

/** Whom to name: a rule as a rule, and whoever has no name by what they are. */
export function actorName(
  { type, name }: Actor,
  t: (key: string, values?: { name: string }) => string,
): string {
  if (name === null) return t(`ticket.event.actor.${type}`)
  return type === 'rule' ? t('rules.why.line', { name }) : name
}
