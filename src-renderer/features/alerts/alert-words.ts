import type { RouteLocationRaw } from 'vue-router'
import type { AlertView } from '../../../server/alerts/contract.ts'

/** Where an alert that is about no ticket can be seen to; null when there is no such place. */
export function placeOf({
  ticketId,
  reason,
  data,
}: Pick<AlertView, 'ticketId' | 'reason' | 'data'>): RouteLocationRaw | null {
  if (ticketId !== null || reason !== 'job.dead') return null
  if (data['kind'] === 'mail') return { name: 'settings', params: { section: 'mail' } }
  if (typeof data['id'] !== 'string') return null
  return { name: 'settings', params: { section: 'webhooks' }, query: { deliveries: data['id'] } }
}

/** Who joined those told when the alert rose to its level; nobody at the first. */
export function escalatedTo(
  { level, recipients }: Pick<AlertView, 'level' | 'recipients'>,
  agentId: string | null,
): { includesReader: boolean; names: string[] } | null {
  if (level < 2) return null
  const joined = recipients.filter((recipient) => recipient.level === level)
  return {
    includesReader: joined.some((recipient) => recipient.agentId === agentId),
    names: joined.filter((recipient) => recipient.agentId !== agentId).map(({ name }) => name),
  }
}
