import type { ConditionTree } from '../../../../../server/conditions/contract.ts'
import type { RuleDefinition, Trigger, WaitStart } from '../../../../../server/rules/contract.ts'
import { isComplete } from '../../../../conditions/condition-draft.ts'
import { branchesOf, isGroup, kindOf } from '../../../../conditions/tree-edits.ts'
import { buildAction, missingPart, openAction, type ActionDraft, type Opening } from './action-draft.ts'
import { newDelay, openDelay, readDelay, type DelayDraft, type OpenMinutes } from './delay-draft.ts'

export interface RuleDraft {
  name: string
  on: Trigger[]
  /** Whether every ticket is meant, or those that the conditions name. */
  isForAll: boolean
  when: ConditionTree | null
  /** For the trigger `time`; kept while another is chosen. */
  after: DelayDraft & { since: WaitStart }
  then: ActionDraft[]
  stop: boolean
}

/** A rule that is new: a ticket that comes, and conditions to be chosen. */
export const blankRule = (): RuleDraft => ({
  name: '',
  on: ['ticket.created'],
  isForAll: false,
  when: null,
  after: { ...newDelay('3'), since: 'state' },
  then: [],
  stop: false,
})

/** Opens a rule for editing. A `stop` among its actions is the same as its own. */
export function toRuleDraft(rule: RuleDefinition, opening: Opening): RuleDraft {
  const { name, on, when, after, stop } = rule
  const actions = rule.then.flatMap((action, index) =>
    action.do === 'stop' ? [] : [openAction(action, `a${index}`, opening)],
  )
  return {
    name,
    on: [...on],
    isForAll: when === null,
    when,
    after: after ? { ...openDelay(after, opening.openMinutes), since: after.since } : blankRule().after,
    then: actions,
    stop: stop || actions.length < rule.then.length,
  }
}

/** What is wrong with a form, as i18n keys by field (see `rule-fields.ts`). */
export type Problems = Record<string, string>

export interface Built {
  rule: RuleDefinition
  /** The key of the action behind each entry of `rule.then`. */
  actionKeys: string[]
  /** What can't be put into a rule yet. */
  problems: Problems
}

/** The places of conditions that say nothing yet, as the server writes them: `all.0.value`. */
function unfinished(tree: ConditionTree, way: readonly string[] = []): string[] {
  if (!isGroup(tree)) return isComplete(tree) ? [] : [[...way, 'value'].join('.')]
  const branches = branchesOf(tree)
  if (branches.length === 0) return [[...way, kindOf(tree)].join('.')]
  return branches.flatMap((branch, index) => unfinished(branch, [...way, kindOf(tree), String(index)]))
}

/** Makes the form's content into a rule, as far as it can be read. */
export function buildRule(draft: RuleDraft, open: OpenMinutes): Built {
  const problems: Problems = {}
  const isTimed = draft.on.includes('time')
  const delay = isTimed ? readDelay(draft.after, open) : null
  if (!draft.name.trim()) problems['name'] = 'errors.rule.name_missing'
  if (draft.on.length === 0) problems['on'] = 'errors.rule.triggers_missing'
  if (isTimed && !delay) problems['after'] = 'rules.problem.delay'
  if (!draft.isForAll && !draft.when) problems['when'] = 'rules.problem.noCondition'
  if (!draft.isForAll && draft.when)
    for (const place of unfinished(draft.when)) problems[`when.${place}`] = 'rules.problem.condition'
  const actions = draft.then.flatMap((action) => {
    const built = buildAction(action, open)
    const missing = missingPart(action)
    if (!built) problems[`then:${action.key}:after`] = 'rules.problem.delay'
    if (missing) problems[`then:${action.key}:${missing}`] = `rules.problem.missing.${missing}`
    return built ? [{ key: action.key, built }] : []
  })
  if (draft.then.length === 0 && !draft.stop) problems['then'] = 'errors.rule.actions_missing'
  const then = actions.map(({ built }) => built)
  return {
    rule: {
      name: draft.name.trim(),
      on: draft.on,
      when: draft.isForAll ? null : draft.when,
      after: delay ? { ...delay, since: draft.after.since } : null,
      // "Stop here" alone is a rule too: nothing is done, and no later one is asked.
      then: then.length === 0 && draft.stop ? [{ do: 'stop', value: null }] : then,
      stop: draft.stop,
    },
    actionKeys: actions.map(({ key }) => key),
    problems,
  }
}
