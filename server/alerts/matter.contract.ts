/** What an alert is about, for those who put it into words: the page and the desktop's main process. Pure. */
import type { Metric } from '../sla/contract.ts'
import type { TileKind } from '../dashboards/contract.ts'
import type { AlertView } from './contract.ts'

/** What an alert is about, for those who put it into words. */
export type AlertMatter =
  | { kind: 'promise'; metric: Metric; dueAt: number | null; isOver: boolean }
  | { kind: 'reminder'; text: string }
  | { kind: 'webhook'; name: string }
  | { kind: 'unsent'; what: 'mail' | 'report'; name: string }
  | { kind: 'offer' }
  | { kind: 'nobody'; team: string | null }
  | { kind: 'rule'; says: RuleSays; rule: string; text: string }
  | { kind: 'flood'; count: number; minutes: number }
  | { kind: 'missedCall'; who: 'once' | 'again' | 'withheld'; caller: string; times: number }
  | { kind: 'whisper'; from: string; text: string }
  | { kind: 'limit'; tile: LimitTile; value: string; limit: string; dashboard: string }
  | { kind: 'other' }

/** The tiles of dashboards that have a number, and so can have a limit. */
const LIMIT_TILES = [
  'waiting',
  'oldestWaiting',
  'inWork',
  'breached',
  'unacknowledged',
  'blockedScreens',
  'arrivedToday',
  'resolvedToday',
  'satisfaction',
] as const satisfies readonly TileKind[]
type LimitTile = (typeof LIMIT_TILES)[number]

/** What rules tell people, and what is told of rules. */
const RULE_REASONS = {
  'rule.raised': 'said',
  'rule.notified': 'said',
  'rule.failed': 'failed',
  'rule.loop': 'loop',
  'rule.replies_capped': 'capped',
} as const
type RuleSays = (typeof RULE_REASONS)[keyof typeof RULE_REASONS]

const METRICS: readonly Metric[] = ['firstResponse', 'nextResponse', 'resolution']
/** Less is not worth a word: it is the desk's own breath. */
const WORTH_SAYING_MS = 60_000

/** `isOver` is told by the deadline itself: a warning left standing long enough is about something that is late by now. */
export function matterOf({ reason, data }: Pick<AlertView, 'reason' | 'data'>, nowMs: number): AlertMatter {
  if (reason === 'reminder.due')
    return { kind: 'reminder', text: typeof data['text'] === 'string' ? data['text'] : '' }
  if (reason === 'job.dead' && data['kind'] === 'webhook' && typeof data['name'] === 'string')
    return { kind: 'webhook', name: data['name'] }
  if (reason === 'job.dead' && (data['kind'] === 'mail' || data['kind'] === 'report'))
    return { kind: 'unsent', what: data['kind'], name: typeof data['name'] === 'string' ? data['name'] : '' }
  if (reason in RULE_REASONS) return ruleMatter(RULE_REASONS[reason as keyof typeof RULE_REASONS], data)
  if (reason === 'routing.offer') return { kind: 'offer' }
  if (reason === 'routing.nobody')
    return { kind: 'nobody', team: typeof data['team'] === 'string' ? data['team'] : null }
  if (reason === 'flood.detected')
    return { kind: 'flood', count: Number(data['count'] ?? 0), minutes: Number(data['minutes'] ?? 1) }
  if (reason === 'call.missed') return missedCall(data)
  if (reason === 'ticket.whisper')
    return { kind: 'whisper', from: textIn(data, 'from'), text: textIn(data, 'text') }
  if (reason === 'dashboard.limit_reached') return limitReached(data)
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

function limitReached(data: AlertView['data']): AlertMatter {
  const tile = LIMIT_TILES.find((each) => each === data['tile'])
  if (!tile) return { kind: 'other' }
  const { value, limit } = data
  return {
    ...{ kind: 'limit', tile, value: String(value ?? ''), limit: String(limit ?? '') },
    dashboard: textIn(data, 'dashboard'),
  }
}

function textIn(data: AlertView['data'], name: string): string {
  const value = data[name]
  return typeof value === 'string' ? value : ''
}

/** Who called, by name and number as far as they are known. */
function missedCall({ customer, number, times }: AlertView['data']): AlertMatter {
  const caller = [customer, number].filter((name) => typeof name === 'string' && name !== '').join(' · ')
  const count = Number(times ?? 1)
  const who = caller === '' ? 'withheld' : count > 1 ? 'again' : 'once'
  return { kind: 'missedCall', who, caller, times: count }
}

function ruleMatter(says: RuleSays, data: AlertView['data']): AlertMatter {
  const { rule, rules, text } = data
  const names = Array.isArray(rules) ? rules.map(String).join(', ') : ''
  return {
    kind: 'rule',
    says,
    rule: typeof rule === 'string' ? rule : names,
    text: typeof text === 'string' ? text : '',
  }
}

/** How late it was raised, in milliseconds, where that is worth a word. */
export function lateness({ lateMs }: Pick<AlertView, 'lateMs'>): number | null {
  return lateMs !== null && lateMs >= WORTH_SAYING_MS ? lateMs : null
}

function instantOf(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : typeof value === 'number' ? value : NaN
  return Number.isNaN(at) ? null : at
}
