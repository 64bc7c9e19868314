import { insertRow } from '../store/rows.ts'
import type { Db, Tx } from '../store/store.ts'
import type { Names } from '../tickets/ticket-view.ts'
import type { StepDone } from './engine.ts'
import { RuleRunEntity, type RuleRunRow } from './entities.ts'
import { conditionsIn } from '../conditions/trees.ts'
import { hoursOf } from '../conditions/read-subject.ts'
import type { Occasion } from './occasion.ts'
import type { PlannedVerdict } from './planner.ts'
import type { Rule } from './rule.ts'
import type { RulesAtHand, RuleSet } from './rule-book.ts'
import type { Subject } from '../conditions/subject.ts'
import type { FieldChanges } from '../tickets/ticket-state.ts'

/** What a ticket held when rules looked at it. A message's text is not kept twice: its id says where it is. */
export interface Facts {
  subject: Subject
  changes: FieldChanges
  messageId: string | null
  /** Those calendars that conditions ask about and that were open. */
  open: string[]
}

/** How every rule of the set fared; rules stand by their place in it. */
export interface Verdicts {
  /** One letter for each rule. */
  outcomes: string
  /** How many steps had been done when a rule was asked last, where that is fewer than all. */
  asOf: Record<number, number>
  steps: (Omit<StepDone, 'ruleId'> & { rule: number })[]
  /** Ids. */
  loops: string[]
}

export const letterOf = {
  unheard: '-',
  unmatched: 'u',
  fired: 'f',
  stopped: 's',
  failed: 'x',
} as const satisfies Record<PlannedVerdict['outcome'], string>

export interface Run {
  occasion: Occasion
  book: Pick<RulesAtHand, 'active' | 'fields'>
  subject: Subject
  trace: readonly PlannedVerdict[]
  attempt: { steps: readonly StepDone[] }
  loops: readonly string[]
  names: Names
  now: number
}

/** Writes down how the rules fared, so that it can be told later why one did or did not act. */
export async function recordRun(tx: Tx, run: Run): Promise<void> {
  const { occasion, now } = run
  const set = run.book.active
  await saveSet(tx, set, now)
  const { actor } = occasion
  await insertRow(tx.db, RuleRunEntity, {
    ticketId: occasion.ticketId,
    eventSeq: occasion.eventSeq,
    at: now,
    trigger: occasion.triggers[0],
    actorType: actor.type,
    actorId: actor.type === 'system' ? null : actor.id,
    setId: set.id,
    facts: JSON.stringify(factsOf(run)),
    verdicts: JSON.stringify(verdictsOf(run)),
  })
}

async function saveSet(tx: Tx, { id, rules }: RuleSet, now: number): Promise<void> {
  const known = await tx.db.sql<unknown[]>`SELECT 1 FROM rule_set WHERE id = ${id}`
  if (known.length > 0) return
  await tx.db
    .sql`INSERT INTO rule_set (id, rules, createdAt) VALUES (${id}, ${JSON.stringify(rules)}, ${now})`
}

function factsOf({ occasion, book, subject, names, now }: Run): Facts {
  const isOpen = hoursOf(names.book)
  const read = Object.entries(subject).filter(
    ([field]) => field !== 'message' && (book.fields as ReadonlySet<string>).has(field),
  )
  return {
    subject: Object.fromEntries(read),
    changes: occasion.changes,
    messageId: occasion.message?.id ?? null,
    open: calendarsIn(book.active.rules).filter((id) => isOpen(id, now)),
  }
}

const calendarsIn = (rules: readonly Rule[]): string[] => [
  ...new Set(
    rules.flatMap(({ when }) =>
      (when ? conditionsIn(when) : []).flatMap(({ condition: { field, value = [] } }) =>
        field === 'calendar' ? value : [],
      ),
    ),
  ),
]

function verdictsOf({ book: { active: set }, trace, attempt, loops }: Run): Verdicts {
  const byRule = new Map(trace.map((verdict) => [verdict.ruleId, verdict]))
  const { steps } = attempt
  const placeOf = (ruleId: string) => set.rules.findIndex(({ id }) => id === ruleId)
  return {
    outcomes: set.rules.map(({ id }) => letterOf[byRule.get(id)?.outcome ?? 'unheard']).join(''),
    asOf: Object.fromEntries(
      set.rules.flatMap(({ id }, place) => {
        const asOf = byRule.get(id)?.asOf ?? steps.length
        return asOf < steps.length ? [[place, asOf] as const] : []
      }),
    ),
    steps: steps.map(({ ruleId, changes, effects }) => ({ rule: placeOf(ruleId), changes, effects })),
    loops: [...loops],
  }
}

/** The newest looks at a ticket first; those before `before`, when it is given. */
export const runsOf = (db: Db, ticketId: string, { before, limit }: { before: number; limit: number }) =>
  db.sql<RuleRunRow[]>`
    SELECT * FROM rule_run WHERE ticketId = ${ticketId} AND seq < ${before} ORDER BY seq DESC LIMIT ${limit}`

export async function findSets(db: Db, ids: readonly string[]): Promise<Map<string, Rule[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db.sql<{ id: string; rules: string }[]>`
    SELECT id, rules FROM rule_set WHERE id IN (${() => [...ids]})`
  return new Map(rows.map(({ id, rules }) => [id, JSON.parse(rules) as Rule[]]))
}

/** Clears away what was looked at before `instant`, and what only that referred to. */
export async function deleteRunsBefore(tx: Tx, instant: number): Promise<void> {
  await tx.db.sql`DELETE FROM rule_run WHERE at < ${instant}`
  await tx.db.sql`
    DELETE FROM rule_set WHERE createdAt < ${instant} AND id NOT IN (SELECT setId FROM rule_run)`
}
