import type { RulePreview } from '../contract.ts'
import type { PastTicket } from './history.ts'
import type { PastRow } from './past-reader.ts'
import type { EffectAction } from '../property-actions.ts'
import type { PastMatch } from './replay.ts'

/** What a preview lists of one match; its texts are templates still. */
export interface ListedMatch extends PastMatch {
  ticketId: string
  number: string
}

export interface PreviewOutcome extends Omit<RulePreview, 'matched' | 'unsure'> {
  matched: ListedMatch[]
}

/** Within this, a rule that acts again on the same ticket feeds itself, or fights another. */
const LOOP_MS = 60_000
/** Tickets that are named for it. */
const LOOPS_LISTED = 50

/** By what a client counts what would have been done. */
const kindOf = {
  addNote: 'note',
  reply: 'reply',
  assign: 'assign',
  notify: 'alert',
  raiseAlert: 'alert',
  webhook: 'webhook',
  remind: 'remind',
  followUp: 'followUp',
  mergeInto: 'mergeInto',
  applySuggestion: 'applySuggestion',
} as const satisfies Record<EffectAction['do'], string>

/** Counts what a rule would have done, and keeps the first so many. */
export class PreviewTally {
  readonly #limit: number
  readonly #from: number
  readonly #matched: ListedMatch[] = []
  readonly #counts: Record<string, number> = {}
  readonly #loops: RulePreview['loops'] = []
  #total = 0
  #tickets = 0
  #events = 0

  constructor({ limit, from }: { limit: number; from: number }) {
    this.#limit = limit
    this.#from = from
  }

  add({ id, number }: PastRow, { moments }: PastTicket, matches: readonly PastMatch[]): void {
    this.#events += moments.filter(({ at }) => at >= this.#from).length
    if (matches.length === 0) return
    this.#tickets += 1
    this.#total += matches.length
    if (matches.some(({ changes }) => Object.keys(changes).length > 0)) this.#count('changed')
    for (const match of matches) {
      for (const { do: what } of match.effects) this.#count(kindOf[what])
      if (this.#matched.length < this.#limit) this.#matched.push({ ...match, ticketId: id, number })
    }
    const times = mostWithin(matches.map(({ at }) => at))
    if (times > 1 && this.#loops.length < LOOPS_LISTED) this.#loops.push({ ticketId: id, number, times })
  }

  outcome(): PreviewOutcome {
    return {
      matched: this.#matched.toSorted((a, b) => b.at - a.at),
      ...{ total: this.#total, tickets: this.#tickets, events: this.#events },
      ...{ counts: this.#counts, loops: this.#loops },
    }
  }

  #count(kind: string): void {
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1
  }
}

/** The most of these instants, which are in order, that lie within a minute. */
function mostWithin(instants: readonly number[]): number {
  let most = 0
  for (const [index, at] of instants.entries()) {
    const end = instants.findIndex((other) => other - at > LOOP_MS)
    most = Math.max(most, (end < 0 ? instants.length : end) - index)
  }
  return most
}
