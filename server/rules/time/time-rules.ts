import type { NamesSource } from '../../tickets/names.ts'
import { hoursOf, readSubject } from '../../conditions/read-subject.ts'
import type { RuleBook } from '../rule-book.ts'
import { WaitScan } from './wait-scan.ts'
import { RuleWaits, type WaitsDeps } from './waits.ts'

export interface TimeRulesDeps extends Omit<WaitsDeps, 'timeRules' | 'ask'> {
  rules: RuleBook
  names: NamesSource
}

/** What acts on states that have lasted: the waits themselves, and the look for tickets that are in such a state already. */
export function createTimeRules(deps: TimeRulesDeps): { waits: RuleWaits; scan: WaitScan } {
  const asking: Pick<WaitsDeps, 'timeRules' | 'ask'> = {
    async timeRules() {
      const { rules, names } = deps
      const book = await rules.current()
      return book.active.rules.length === 0 ? [] : rules.ready(book, await names.current()).time
    },
    async ask(db, ticket, fields) {
      const now = deps.clock.now()
      const { book } = await deps.names.current()
      const subject = await readSubject(db, ticket, { fields, now })
      return { subject, changes: {}, now, isOpen: hoursOf(book) }
    },
  }
  const waits = new RuleWaits({ ...deps, ...asking })
  return { waits, scan: new WaitScan({ ...deps, ...asking, waits }) }
}
