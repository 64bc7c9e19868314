import type { AlertView } from '../../../server/alerts/contract.ts'
import type { Metric } from '../../../server/sla/contract.ts'

/** What an alert is about, for those who put it into words. */
type AlertMatter =
  { kind: 'promise'; metric: Metric; dueAt: number | null; isOver: boolean } | { kind: 'other' }

const METRICS: readonly Metric[] = ['firstResponse', 'nextResponse', 'resolution']
/** Less is not worth a word: it is the desk's own breath. */
const WORTH_SAYING_MS = 60_000

/** `isOver` is told by the deadline itself: a warning left standing long enough is about something that is late by now. */
export function matterOf({ reason, data }: Pick<AlertView, 'reason' | 'data'>, nowMs: number): AlertMatter {
  const metric = METRICS.find((each) => each === data['metric'])
  if (!reason.startsWith('sla.') || !metric) return { kind: 'other' }
  const dueAt = instantOf(data['dueAt'])
  return {
    kind: 'promise',
    metric,
    dueAt,
    isOver: dueAt === null ? reason === 'sla.breached' : dueAt <= nowMs,
  }
}

/** How late it was raised, in milliseconds, where that is worth a word. */
export function lateness({ lateMs }: Pick<AlertView, 'lateMs'>): number | null {
  return lateMs !== null && lateMs >= WORTH_SAYING_MS ? lateMs : null
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

function instantOf(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : typeof value === 'number' ? value : NaN
  return Number.isNaN(at) ? null : at
}
