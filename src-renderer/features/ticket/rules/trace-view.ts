import type { RuleTrace, RuleVerdict } from '../../../../server/rules/contract.ts'

/** A happening as it is read: what rules did about it first, then those that let it pass. */
export interface Happening {
  trace: RuleTrace
  acted: RuleVerdict[]
  others: RuleVerdict[]
  /** Names of rules that were held because they fought each other. */
  loops: string[]
}

const hasActed = ({ outcome }: RuleVerdict) => outcome === 'fired' || outcome === 'failed'

/** Everything that happened, or only how one rule fared with it. */
export function happeningsOf(traces: readonly RuleTrace[], ruleId: string | null): Happening[] {
  return traces.flatMap((trace) => {
    const rules = ruleId === null ? trace.rules : trace.rules.filter((verdict) => verdict.ruleId === ruleId)
    if (ruleId !== null && rules.length === 0) return []
    const nameOf = (id: string) => trace.rules.find((verdict) => verdict.ruleId === id)?.name ?? id
    return [
      {
        trace,
        acted: rules.filter(hasActed),
        others: rules.filter((verdict) => !hasActed(verdict)),
        loops: trace.loops.map(nameOf),
      },
    ]
  })
}

/** The rules that a ticket has met, by name. */
export function rulesMet(traces: readonly RuleTrace[]): { id: string; name: string }[] {
  const names = new Map(
    traces.flatMap(({ rules }) => rules.map(({ ruleId, name }) => [ruleId, name] as const)),
  )
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name))
}
