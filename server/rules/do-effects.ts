import { audienceOfTickets } from '../access/viewer.ts'
import type { People } from '../access/people.ts'
import type { SlaBook } from '../sla/sla-book.ts'
import type { Tx } from '../store/store.ts'
import { renderMessage, renderTemplate } from '../templates/templates.ts'
import { templateScope } from '../templates/scope.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import type { Happening } from '../tickets/happenings.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import type { FieldChanges } from '../tickets/ticket-state.ts'
import type { Notify, PropertyAction } from './action.contract.ts'
import { isReplyCapped, sendAutomaticReply } from './automatic-reply.ts'
import { addNote, carryOutProperties } from './carry-out.ts'
import type { RuleEffect, Trigger } from './contract.ts'
import { delayEnd } from './time/delays.ts'
import type { RuleEffectPorts } from './effects.ts'
import { warningOf } from './faults.ts'
import type { EffectAction } from './property-actions.ts'

export interface EffectDeps extends TicketDeps {
  people: People
  book: SlaBook
  ports: RuleEffectPorts
}

/** Whose effects they are, and what gave rise to them. */
export interface EffectCause {
  rule: { id: string; name: string }
  ticketId: string
  trigger: Trigger
  /** What happens once for one cause is kept by this. */
  key: string
  /** The message that gave rise to it. */
  message?: { text: string } | undefined
  /** Of what these effects lead to. */
  depth: number
}

export interface EffectsDone {
  /** For whoever asks later what happened; long texts are cut. */
  effects: RuleEffect[]
  /** What else became of the ticket's properties. */
  changes: FieldChanges
  /** What was written to the customer. */
  replies: NonNullable<Happening['message']>[]
}

/** Does what one rule does beside setting properties, in its order. @throws what makes the rule fail. */
export async function doEffects(
  deps: EffectDeps,
  tx: Tx,
  cause: EffectCause,
  effects: readonly EffectAction[],
): Promise<EffectsDone> {
  const done: EffectsDone = { effects: [], changes: {}, replies: [] }
  for (const [index, action] of effects.entries()) {
    const ticket = await findTicket(tx.db, cause.ticketId)
    if (!ticket) break
    const key = `rule:${cause.rule.id}:${cause.key}:${index}`
    const effect = await new Doing(deps, tx, cause, ticket, key, done).do(action)
    if (effect) done.effects.push(effect)
  }
  return done
}

/** One effect in the making. */
class Doing {
  readonly #deps: EffectDeps
  readonly #tx: Tx
  readonly #cause: EffectCause
  readonly #ticket: TicketRow
  readonly #key: string
  readonly #done: EffectsDone

  constructor(
    deps: EffectDeps,
    tx: Tx,
    cause: EffectCause,
    ticket: TicketRow,
    key: string,
    done: EffectsDone,
  ) {
    this.#deps = deps
    this.#tx = tx
    this.#cause = cause
    this.#ticket = ticket
    this.#key = key
    this.#done = done
  }

  /** Null when nothing came of it. */
  async do(action: EffectAction): Promise<RuleEffect | null> {
    const { ports } = this.#deps
    const { rule, ticketId, trigger, depth } = this.#cause
    switch (action.do) {
      case 'addNote':
        return this.#note(action.value)
      case 'reply':
        return this.#reply(action.value)
      case 'notify':
        return this.#alert('rule.notified', { severity: 'info', ...action.value })
      case 'raiseAlert':
        return this.#alert('rule.raised', action.value)
      case 'assign':
        await ports.assign(this.#tx, { ticketId, request: action.value, ruleId: rule.id, depth })
        return { type: 'assign', value: action.value }
      case 'webhook':
        await ports.webhook(this.#tx, {
          webhookId: action.value,
          key: this.#key,
          payload: { ticketId, trigger, rule: { id: rule.id, name: rule.name } },
        })
        return { type: 'webhook', webhookId: action.value }
      case 'remind':
        return this.#later('remind', action.value)
      case 'followUp':
        return this.#later('followUp', { ...action.value, to: [] })
      case 'mergeInto':
        return this.#merge(action.value)
      case 'applySuggestion':
        return this.#suggestion(action.value)
    }
  }

  get #actor() {
    return { type: 'rule', id: this.#cause.rule.id } as const
  }

  async #scope() {
    const names = await this.#deps.names.current()
    const { rule, message } = this.#cause
    return templateScope(this.#tx.db, this.#ticket, names, { rule, ...(message && { message }) })
  }

  async #note(template: string): Promise<RuleEffect> {
    const body = renderMessage(template, await this.#scope())
    await addNote(this.#deps, this.#tx, this.#actor, this.#ticket.id, body)
    return { type: 'note', text: cut(body.text) }
  }

  async #reply(template: string): Promise<RuleEffect | null> {
    const { clock } = this.#deps
    if (await isReplyCapped(this.#tx.db, this.#ticket, clock.now())) {
      await this.#reportCap()
      return null
    }
    const body = renderMessage(template, await this.#scope())
    const message = await sendAutomaticReply(this.#deps, this.#tx, this.#cause.rule.id, this.#ticket, body)
    this.#done.replies.push({ ...message, attachments: 0 })
    return { type: 'reply', text: cut(body.text) }
  }

  async #reportCap(): Promise<void> {
    const { clock, events, ports } = this.#deps
    const { id: ruleId, name: rule } = this.#cause.rule
    const now = clock.now()
    await events.record(this.#tx, {
      type: 'rule.replies_capped',
      actor: this.#actor,
      ticketId: this.#ticket.id,
      audience: audienceOfTickets(this.#ticket),
      data: { ruleId, rule },
    })
    await ports.alerts.raiseOnce(this.#tx, {
      // One customer's machine may open ticket after ticket.
      key: `rule.replies_capped:${this.#ticket.requesterId}:${new Date(now).toISOString().slice(0, 10)}`,
      reason: 'rule.replies_capped',
      ...warningOf(this.#ticket, { ruleId, rule }, now),
    })
  }

  async #alert(
    reason: 'rule.notified' | 'rule.raised',
    { severity, to, text: template }: { severity: 'info' | 'warning' | 'urgent'; to: Notify[]; text: string },
  ): Promise<RuleEffect> {
    const text = renderTemplate(template, await this.#scope())
    const { id: ruleId, name: rule } = this.#cause.rule
    await this.#deps.ports.alerts.raiseOnce(this.#tx, {
      ...{ key: this.#key, ticket: this.#ticket, severity, reason, data: { ruleId, rule, text } },
      ...{ lateMs: null, notify: to, tellAt: this.#deps.clock.now() },
    })
    return { type: 'alert', severity, to, text: cut(text) }
  }

  async #later(
    kind: 'remind' | 'followUp',
    { after, to, text: template }: { after: Parameters<typeof delayEnd>[2]; to: Notify[]; text: string },
  ): Promise<RuleEffect> {
    const { people, book, clock, ports } = this.#deps
    const text = renderTemplate(template, await this.#scope())
    const dueAt = await delayEnd({ db: this.#tx.db, people, book }, this.#ticket, after, clock.now())
    const { id: ticketId } = this.#ticket
    await ports.remind(this.#tx, { key: this.#key, ticketId, kind, dueAt, to, text, by: this.#actor })
    const said = { dueAt: new Date(dueAt).toISOString(), text: cut(text) }
    return kind === 'remind' ? { type: 'remind', to, ...said } : { type: 'followUp', ...said }
  }

  async #merge(which: 'oldestOpenOfRequester' | 'oldestOpenSameSubject'): Promise<RuleEffect | null> {
    const { ports } = this.#deps
    const { id: sourceId } = this.#ticket
    const targetId = await ports.mergeTarget(this.#tx.db, sourceId, which)
    if (targetId === null) return null
    await ports.merge(this.#tx, { sourceId, targetId, actor: this.#actor, depth: this.#cause.depth })
    return { type: 'mergeInto', value: which }
  }

  async #suggestion({
    field,
    minConfidence,
  }: {
    field: 'type' | 'category' | 'priority'
    minConfidence: number
  }): Promise<RuleEffect | null> {
    const { id: ticketId } = this.#ticket
    const found = await this.#deps.ports.suggest(this.#tx.db, { ticketId, field })
    if (!found || found.confidence < minConfidence) return null
    const action: PropertyAction = { do: setterOf[field], value: found.value }
    Object.assign(
      this.#done.changes,
      await carryOutProperties(this.#deps, this.#tx, this.#actor, ticketId, [action]),
    )
    return { type: 'applySuggestion', field, minConfidence }
  }
}

const setterOf = { type: 'setType', category: 'setCategory', priority: 'setPriority' } as const

/** Enough to know it again; messages themselves are kept in the ticket. */
const cut = (text: string) => text.slice(0, 300)
