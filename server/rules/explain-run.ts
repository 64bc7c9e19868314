import type { Viewer } from '../access/viewer.ts'
import { tagsByFold } from './compiled-rules.ts'
import type { ConditionField } from '../conditions/contract.ts'
import { explain } from '../conditions/conditions.ts'
import type { ExplainedCondition, RuleVerdict } from './contract.ts'
import { foldInto, toConditionChanges } from './draft.ts'
import { namedChanges } from './named-changes.ts'
import type { CatalogSnapshot } from '../catalog/catalog.ts'
import type { Rule } from './rule.ts'
import type { Asked } from '../conditions/subject.ts'
import { letterOf, type Facts, type Verdicts } from './trace-rows.ts'

/** What is known of one look that the rules had at a ticket. */
export interface PastRun {
  at: number
  /** Those that were switched on then, in their order. */
  rules: readonly Rule[]
  facts: Facts
  verdicts: Verdicts
  /** Of the message that gave rise to it. */
  text: string | undefined
  /** Time rules that wait for the ticket. */
  waiting: ReadonlySet<string>
}

interface ExplainNames {
  catalog: CatalogSnapshot
  tiers: ReadonlyMap<string, { id: string; key: string | null }>
}

/** How every rule fared, with each condition and what it was compared with, as the ticket was when the rule was asked. */
export function verdictsOf(run: PastRun, names: ExplainNames, viewer: Viewer): RuleVerdict[] {
  const { rules, verdicts } = run
  const conditionNames = {
    ...names.catalog,
    tiers: names.tiers,
    tagByFold: tagsByFold(rules, names.catalog),
  }
  return rules.map((rule, place) => {
    const { id: ruleId, name, when } = rule
    const step = verdicts.steps.find((each) => each.rule === place)
    const outcome = outcomeOf(rule, verdicts.outcomes[place], run)
    const wasAsked = outcome === 'fired' || outcome === 'unmatched' || outcome === 'failed'
    const asOf = verdicts.asOf[place] ?? verdicts.steps.length
    return {
      ...{ ruleId, name, outcome, when },
      conditions:
        when && wasAsked
          ? explain(when, askedAt(run, asOf, names), conditionNames).map((one) => visible(one, viewer))
          : [],
      changes: step ? namedChanges(step.changes, names.catalog) : {},
      effects: step?.effects ?? [],
    }
  })
}

function outcomeOf(rule: Rule, letter: string | undefined, { waiting }: PastRun): RuleVerdict['outcome'] {
  const known = (Object.keys(letterOf) as (keyof typeof letterOf)[]).find((each) => letterOf[each] === letter)
  if (known !== undefined && known !== 'unheard') return known
  return waiting.has(rule.id) ? 'waiting' : 'unheard'
}

/** The question as it was once so many steps had been done. */
function askedAt({ at, facts, verdicts, text }: PastRun, asOf: number, names: ExplainNames): Asked {
  const round = {
    draft: { ...facts.subject, ...(text !== undefined && { message: text }) },
    changes: toConditionChanges(facts.changes, names),
    beside: { fields: {}, dueAt: null },
  }
  for (const { changes } of verdicts.steps.slice(0, asOf)) foldInto(round, changes, names)
  return {
    subject: round.draft,
    changes: round.changes,
    now: at,
    isOpen: (calendarId) => facts.open.includes(calendarId),
  }
}

/** What these hold is gathered from all of a customer's tickets, and not everybody may see them all. */
const acrossTickets: ReadonlySet<ConditionField> = new Set(['customer.openTickets', 'customer.lastContactAt'])

const visible = (explained: ExplainedCondition, { permissions }: Viewer): ExplainedCondition =>
  acrossTickets.has(explained.field) && !permissions.has('tickets.readAll')
    ? { ...explained, held: null }
    : explained
