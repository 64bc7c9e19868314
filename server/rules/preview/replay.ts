import type { FieldValue } from '../../catalog/contract.ts'
import type { Channel } from '../../tickets/filter.contract.ts'
import type { FieldChanges } from '../../tickets/ticket-state.ts'
import { isActive } from '../../tickets/lifecycle.ts'
import type { Delay } from '../action.contract.ts'
import type { After, Trigger } from '../contract.ts'
import { toConditionChanges, type Beside } from '../draft.ts'
import type { PastMoment, PastState, PastTicket } from './history.ts'
import { Overlay } from './overlay.ts'
import { planRules, type PlannableRule } from '../planner.ts'
import type { ActionNames, EffectAction } from '../property-actions.ts'
import type { Asked, Subject } from '../../conditions/subject.ts'
import { decideWait, heldBy, type Wait } from '../time/wait.ts'

/** What the log alone does not say, for one ticket. */
export interface PastFacts {
  /** By the message's id. */
  messages: ReadonlyMap<string, Pick<Subject, 'message' | 'message.attachment' | 'message.language'>>
  policyId: string | null
  /** What is known of its requester at an instant. */
  requester(state: PastState, at: number): Subject
}

export interface ReplayWorld {
  /** Before it nothing is told, for the rule was not there; milliseconds UTC, as `now`. */
  from: number
  now: number
  rule: PlannableRule
  /** For a rule that acts on what has lasted. */
  after: After | null
  names: Omit<ActionNames, 'endOf'>
  isOpen: NonNullable<Asked['isOpen']>
  /** When a delay that began at an instant is over. */
  endOf(delay: Delay, policyId: string | null, state: Pick<PastState, 'teamId'>, since: number): number
}

/** What the rule would have done at one moment. */
export interface PastMatch {
  at: number
  trigger: Trigger
  changes: FieldChanges
  effects: EffectAction[]
  /** The ticket just before it. */
  state: PastState
  messageId: string | null
}

/** What one rule would have done to a ticket in the past, without the others. */
export function replay(ticket: PastTicket, facts: PastFacts, world: ReplayWorld): PastMatch[] {
  const run = new Replay(ticket, facts, world)
  for (const moment of ticket.moments) run.happened(moment)
  run.passedUntil(world.now)
  return run.matches
}

class Replay {
  readonly matches: PastMatch[] = []
  readonly #ticket: PastTicket
  readonly #facts: PastFacts
  readonly #world: ReplayWorld
  readonly #overlay: Overlay
  #waitingSince: number | null = null
  #resolvedAt: number | null
  #updatedAt: number
  #statusAt: number
  #lastWords: { customer: number | null; agent: number | null } = { customer: null, agent: null }
  #wait: Wait | undefined

  constructor(ticket: PastTicket, facts: PastFacts, world: ReplayWorld) {
    this.#ticket = ticket
    this.#facts = facts
    this.#world = world
    this.#overlay = new Overlay(ticket.first)
    this.#updatedAt = ticket.createdAt
    this.#statusAt = ticket.createdAt
    this.#resolvedAt = this.#isActive() ? null : ticket.createdAt
  }

  happened(moment: PastMoment): void {
    this.passedUntil(moment.at)
    const changes = this.#overlay.happened(moment.changes)
    this.#follow(moment, changes)
    const { rule, from, after } = this.#world
    if (after === null && moment.at >= from && isHeard(moment, rule)) this.#ask(moment, changes)
    this.#look(moment.at)
  }

  /** What time alone would have brought about until then. */
  passedUntil(until: number): void {
    const { after, from, rule } = this.#world
    while (after && this.#wait && this.#wait.firedAt === null && this.#wait.dueAt <= until) {
      const at = this.#wait.dueAt
      this.#wait = { ...this.#wait, firedAt: at }
      // It was over before the rule was there.
      if (at < from) continue
      if (!this.#holds(at)) {
        this.#wait = undefined
        continue
      }
      this.#act(
        at,
        rule,
        { triggers: ['time'], changes: {}, subject: { ...this.#subject(at), actor: 'system' } },
        null,
      )
      this.#look(at, true)
    }
  }

  #ask(moment: PastMoment, changes: FieldChanges): void {
    const { message, actor } = moment
    const triggers = moment.triggers.filter(
      (trigger) => trigger !== 'ticket.updated' || Object.keys(changes).length > 0,
    )
    const subject: Subject = {
      ...this.#subject(moment.at),
      ...(message && { 'message.channel': message.channel, ...this.#facts.messages.get(message.id) }),
      actor: actor.type === 'agent' || actor.type === 'customer' ? actor.type : 'system',
    }
    const { rule, names } = this.#world
    const asked = { triggers, changes: toConditionChanges(changes, names), subject }
    this.#act(moment.at, rule, asked, message?.id ?? null)
  }

  #act(
    at: number,
    rule: PlannableRule,
    { subject, ...cause }: { triggers: Trigger[]; changes: Asked['changes']; subject: Subject },
    messageId: string | null,
  ): void {
    const { names: known, isOpen } = this.#world
    const beside = besideIn(this.#overlay.state)
    const endOf: ActionNames['endOf'] = (delay, teamId) =>
      this.#world.endOf(delay, this.#facts.policyId, { teamId }, at)
    const names = { ...known, endOf }
    const { changes, effects, matched } = planRules([rule], subject, { ...cause, isOpen, beside }, at, names)
    const [trigger] = cause.triggers
    if (matched.length === 0 || !trigger || Object.keys(changes).length + effects.length === 0) return
    this.matches.push({ at, trigger, changes, effects, state: this.#overlay.state, messageId })
    this.#overlay.acted(changes)
    if (
      effects.some(({ do: what }) => what === 'addNote' || what === 'reply') ||
      Object.keys(changes).length > 0
    )
      this.#updatedAt = at
    if ('statusId' in changes) this.#statusChanged(at)
  }

  /** What follows from what really happened, for everything that is counted from it. */
  #follow({ at, message, triggers }: PastMoment, changes: FieldChanges): void {
    if (message || 'ticket.updated' === triggers[0]) this.#updatedAt = at
    if ('statusId' in changes) this.#statusChanged(at)
    if (message?.kind !== 'public') return
    if (message.isCustomers) {
      this.#lastWords.customer = at
      if (this.#isActive()) this.#waitingSince ??= at
    } else if (message.isAgents) {
      this.#lastWords.agent = at
      this.#waitingSince = null
    }
  }

  #statusChanged(at: number): void {
    this.#statusAt = at
    const isActive = this.#isActive()
    if (!isActive) this.#waitingSince = null
    this.#resolvedAt = isActive ? null : (this.#resolvedAt ?? at)
  }

  /** Keeps in step what a time rule waits for; `ownAct`: what it did itself is no new entry. */
  #look(at: number, ownAct = false): void {
    const { after } = this.#world
    if (!after) return
    const holds = this.#holds(at)
    const start = holds ? this.#startOf(after, at) : null
    const decision = decideWait(this.#wait, { holds, start, keepsStart: after.since === 'state' })
    if (decision.do === 'nothing') return
    if (decision.do === 'drop') {
      this.#wait = undefined
      return
    }
    const { since } = decision
    const dueAt = this.#world.endOf(after, this.#facts.policyId, this.#overlay.state, since)
    const firedAt = decision.do === 'keep' ? (this.#wait?.firedAt ?? null) : ownAct ? at : null
    // What was over before it came about, it is due at once.
    this.#wait = { since, dueAt: Math.max(dueAt, firedAt === null ? at : dueAt), firedAt }
  }

  #startOf({ since }: After, at: number): number | null {
    switch (since) {
      case 'state':
        return at
      case 'created':
        return this.#ticket.createdAt
      case 'updated':
        return this.#updatedAt
      case 'status':
        return this.#statusAt
      case 'lastCustomerMessage':
        return this.#lastWords.customer
      case 'lastAgentMessage':
        return this.#lastWords.agent
    }
  }

  #holds(now: number): boolean {
    const { rule, isOpen } = this.#world
    return heldBy(rule, { subject: this.#subject(now), changes: {}, now, isOpen }) === true
  }

  #isActive(): boolean {
    const status = this.#world.names.catalog.statuses.get(this.#overlay.state.statusId)
    return status !== undefined && isActive(status.class)
  }

  #subject(at: number): Subject {
    const { createdAt, channel } = this.#ticket
    const state = this.#overlay.state
    return {
      ...toSubject(state, channel),
      statusClass: this.#world.names.catalog.statuses.get(state.statusId)?.class,
      createdAt,
      updatedAt: this.#updatedAt,
      waitingSince: this.#waitingSince,
      resolvedAt: this.#resolvedAt,
      age: (at - createdAt) / MINUTE_MS,
      waiting: this.#waitingSince === null ? null : (at - this.#waitingSince) / MINUTE_MS,
      ...this.#facts.requester(state, at),
    }
  }
}

const MINUTE_MS = 60_000

/** What a rule did is no cause for another round. */
const isHeard = ({ triggers, actor }: PastMoment, { on }: PlannableRule) =>
  actor.type !== 'rule' && triggers.some((trigger) => on.includes(trigger))

function besideIn(state: PastState): Beside {
  const fields = Object.entries(state).flatMap(([field, value]) =>
    field.startsWith('fields.') && value !== null && value !== undefined
      ? [[field.slice('fields.'.length), value as FieldValue] as const]
      : [],
  )
  return { fields: Object.fromEntries(fields), dueAt: state.dueAt }
}

const toSubject = (state: PastState, channel: Channel): Subject => ({
  channel,
  subject: state.subject,
  status: state.statusId,
  priority: state.priorityId,
  urgency: state.urgency,
  impact: state.impact,
  type: state.typeId,
  category: state.categoryId,
  team: state.teamId,
  agent: state.agentId,
  requester: state.requesterId,
  tags: state.tagIds,
})
