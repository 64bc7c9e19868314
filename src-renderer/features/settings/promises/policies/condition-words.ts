import type { Condition, FilterField, FilterTree } from '../../../../../server/tickets/filter.contract.ts'

/** What conditions are said with: the language, and the names that a field's values have. */
export interface ConditionWords {
  t: (key: string, values?: Record<string, unknown>) => string
  and: (parts: readonly string[]) => string
  or: (parts: readonly string[]) => string
  valueName: (field: FilterField, value: string) => string
}

/** A tree of conditions as one line: "Prioridade: Alta ou Urgente e Nível do cliente: VIP". */
export function conditionWords(tree: FilterTree, words: ConditionWords): string {
  return groupWords(tree, words, false)
}

function groupWords(tree: FilterTree, words: ConditionWords, isInside: boolean): string {
  if ('field' in tree) return oneWords(tree, words)
  if ('none' in tree) {
    const parts = tree.none.map((each) => groupWords(each, words, true))
    return words.t('sla.when.none', { conditions: words.or(parts) })
  }
  const [branches, join] = 'all' in tree ? [tree.all, words.and] : [tree.any, words.or]
  const text = join(branches.map((each) => groupWords(each, words, branches.length > 1)))
  return isInside && branches.length > 1 ? `(${text})` : text
}

const texts = {
  is: 'is',
  in: 'is',
  isNot: 'isNot',
  notIn: 'isNot',
  empty: 'empty',
  notEmpty: 'notEmpty',
  contains: 'contains',
  startsWith: 'startsWith',
  gt: 'gt',
  lt: 'lt',
} as const satisfies Record<Condition['op'], string>

function oneWords({ field, op, value = [] }: Condition, { t, or, valueName }: ConditionWords): string {
  const values = (typeof value === 'string' ? [value] : value).map((each) => valueName(field, each))
  return t(`sla.when.${texts[op]}`, { field: t(`queue.filter.field.${field}`), value: or(values) })
}

/** Ids in a tree that stand for rows too many to know them all by heart, by the field that names them. */
export function remoteIds(tree: FilterTree): { field: 'requester' | 'customer.organization'; id: string }[] {
  if ('field' in tree) {
    const { field, value = [] } = tree
    if (field !== 'requester' && field !== 'customer.organization') return []
    return (typeof value === 'string' ? [value] : value).map((id) => ({ field, id }))
  }
  const branches = 'all' in tree ? tree.all : 'any' in tree ? tree.any : tree.none
  return branches.flatMap(remoteIds)
}
