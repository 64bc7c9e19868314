import { setImmediate } from 'node:timers/promises'
import type { Db, Store } from '../../store/store.ts'
import type { TemplateScope } from '../../templates/engine.ts'
import { templateScope } from '../../templates/scope.ts'
import { renderMessage, renderTemplate } from '../../templates/templates.ts'
import type { NamesSource } from '../../tickets/names.ts'
import { findMessage, findTicket } from '../../tickets/ticket-rows.ts'
import type { TicketRow } from '../../tickets/ticket.entity.ts'
import type { Names } from '../../tickets/ticket-view.ts'
import type { PreviewMatch, RuleDefinition, RuleEffect } from '../contract.ts'
import { delayEnd } from '../time/delays.ts'
import type { ListedMatch } from './preview-tally.ts'
import type { EffectAction } from '../property-actions.ts'
import { namedChanges } from '../named-changes.ts'

export interface ShowingDeps {
  store: Store
  names: NamesSource
}

/** As much of a text as is told of what was done. */
const SHOWN = 300

/** Puts what would have been done into the words that it would have been done with. */
export async function showMatches(
  { store, names }: ShowingDeps,
  rule: RuleDefinition,
  matches: readonly ListedMatch[],
): Promise<PreviewMatch[]> {
  const shown: PreviewMatch[] = []
  const known = await names.current()
  for (const match of matches) {
    // The store answers at once, so without a turn for others all matches would be one long stretch.
    await setImmediate()
    const ticket = await findTicket(store.read, match.ticketId)
    if (!ticket) continue
    const { at, trigger, changes, ticketId, number, state } = match
    const then = { ...ticket, ...state, ...after(changes), dueAt: ticket.dueAt }
    const effects: RuleEffect[] = []
    for (const effect of match.effects)
      effects.push(await new Showing(store.read, { ...known, now: at }, rule, then, match).show(effect))
    shown.push({
      ...{ ticketId, number, subject: state.subject, trigger, at: new Date(at).toISOString() },
      ...{ changes: namedChanges(changes, known.catalog), effects },
    })
  }
  return shown
}

const after = (changes: ListedMatch['changes']): Partial<TicketRow> =>
  Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]))

class Showing {
  readonly #db: Db
  readonly #names: Names
  readonly #rule: RuleDefinition
  readonly #ticket: TicketRow
  readonly #match: ListedMatch

  constructor(db: Db, names: Names, rule: RuleDefinition, ticket: TicketRow, match: ListedMatch) {
    this.#db = db
    this.#names = names
    this.#rule = rule
    this.#ticket = ticket
    this.#match = match
  }

  async show(action: EffectAction): Promise<RuleEffect> {
    switch (action.do) {
      case 'addNote':
        return { type: 'note', text: cut(renderMessage(action.value, await this.#scope()).text) }
      case 'reply':
        return { type: 'reply', text: cut(renderMessage(action.value, await this.#scope()).text) }
      case 'notify':
        return this.#alert('info', action.value)
      case 'raiseAlert':
        return this.#alert(action.value.severity, action.value)
      case 'assign':
        return { type: 'assign', value: action.value }
      case 'webhook':
        return { type: 'webhook', webhookId: action.value }
      case 'remind':
        return { type: 'remind', to: action.value.to, ...(await this.#later(action.value)) }
      case 'followUp':
        return { type: 'followUp', ...(await this.#later(action.value)) }
      case 'mergeInto':
        return { type: 'mergeInto', value: action.value }
      case 'applySuggestion':
        return { type: 'applySuggestion', ...action.value }
    }
  }

  async #alert(
    severity: 'info' | 'warning' | 'urgent',
    { to, text }: { to: string[]; text: string },
  ): Promise<RuleEffect> {
    return { type: 'alert', severity, to, text: cut(renderTemplate(text, await this.#scope())) }
  }

  async #later({ after: delay, text }: { after: Parameters<typeof delayEnd>[2]; text: string }) {
    const { people, book } = this.#names
    const current = {
      people: { current: () => Promise.resolve(people) },
      book: { current: () => Promise.resolve(book) },
    }
    const dueAt = await delayEnd({ db: this.#db, ...current }, this.#ticket, delay, this.#match.at)
    return {
      dueAt: new Date(dueAt).toISOString(),
      text: cut(renderTemplate(text, await this.#scope())),
    }
  }

  async #scope(): Promise<TemplateScope> {
    const { messageId } = this.#match
    const message = messageId === null ? undefined : await findMessage(this.#db, messageId)
    const extras = { rule: { name: this.#rule.name }, ...(message && { message }) }
    return templateScope(this.#db, this.#ticket, this.#names, extras)
  }
}

const cut = (text: string) => text.slice(0, SHOWN)
