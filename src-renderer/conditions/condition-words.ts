import type {
  Condition,
  ConditionField,
  ConditionOperator,
  ConditionTree,
  ConditionUse,
} from '../../server/conditions/contract.ts'
import { conditionsIn, valuesOf } from './condition-draft.ts'
import { fieldKey, operatorKey } from './names.ts'
import { branchesOf, isGroup, kindOf } from './tree-edits.ts'

/** What conditions are said with: the language, and the names that a field's values have. */
export interface ConditionWords {
  t: (key: string, values?: Record<string, unknown>) => string
  and: (parts: readonly string[]) => string
  or: (parts: readonly string[]) => string
  valueName: (field: ConditionField, value: string) => string
}

/** A tree of conditions as one line: "Prioridade: Alta ou Urgente e Nível do cliente: VIP". */
export function conditionWords(tree: ConditionTree, words: ConditionWords, use?: ConditionUse): string {
  return groupWords(tree, words, use, false)
}

function groupWords(
  tree: ConditionTree,
  words: ConditionWords,
  use: ConditionUse | undefined,
  isInside: boolean,
): string {
  if (!isGroup(tree)) return oneWords(tree, words, use)
  const branches = branchesOf(tree)
  const kind = kindOf(tree)
  if (kind === 'none') {
    const parts = branches.map((each) => groupWords(each, words, use, true))
    return words.t('conditions.sentence.none', { conditions: words.or(parts) })
  }
  const join = kind === 'all' ? words.and : words.or
  const text = join(branches.map((each) => groupWords(each, words, use, branches.length > 1)))
  return isInside && branches.length > 1 ? `(${text})` : text
}

/** One of several is said like one: the list says it already. */
const sameWords: Readonly<Record<string, string>> = {
  in: 'is',
  notIn: 'isNot',
  hasAny: 'is',
  hasNone: 'isNot',
}

const quoted: ReadonlySet<ConditionOperator> = new Set(['contains', 'containsWord', 'startsWith', 'matches'])

function oneWords(
  condition: Condition,
  { t, or, valueName }: ConditionWords,
  use: ConditionUse | undefined,
): string {
  const { field, op } = condition
  const key = operatorKey(field, op)
  const names = valuesOf(condition).map((each) =>
    quoted.has(op)
      ? t('conditions.sentence.quoted', { text: valueName(field, each) })
      : valueName(field, each),
  )
  return t(`conditions.sentence.${sameWords[key] ?? key}`, {
    field: t(`conditions.field.${fieldKey(field, use)}`),
    value: or(names),
  })
}

/** Ids in a tree that stand for rows too many to know them all by heart, by the field that names them. */
export function remoteIds(
  tree: ConditionTree,
): { field: 'requester' | 'customer.organization'; id: string }[] {
  return conditionsIn(tree).flatMap((condition) => {
    const { field } = condition
    if (field !== 'requester' && field !== 'customer.organization') return []
    return valuesOf(condition).map((id) => ({ field, id }))
  })
}
