import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { FilterField, FilterTree } from '../../../../../server/tickets/filter.contract.ts'
import { useApi } from '../../../../api/provide.ts'
import { useCatalogStore } from '../../../../stores/catalog.ts'
import { useFilterOptions } from '../../../queue/use-filter-options.ts'
import { conditionWords, remoteIds } from './condition-words.ts'
import { useSlaWords } from './use-sla-words.ts'

/** Conditions in words, with the names of everything they speak of. */
export function useConditionWords() {
  const { trpc } = useApi()
  const { t } = useI18n()
  const { and, or } = useSlaWords()
  const { optionsOf } = useFilterOptions()
  const catalog = useCatalogStore()
  /** Names of customers and organisations, which are too many to know them all. */
  const names = shallowRef<ReadonlyMap<string, string>>(new Map())

  function valueName(field: FilterField, value: string): string {
    const { priorities = [], statuses = [], types = [] } = catalog.catalog ?? {}
    const keyed = { priority: priorities, status: statuses, type: types }[field as string]
    const row = keyed?.find(({ id, key }) => id === value || key === value)
    return (
      row?.name ??
      optionsOf(field)?.find((each) => each.value === value)?.label ??
      names.value.get(value) ??
      value
    )
  }

  /** Asks for the names that these conditions need and that aren't known yet. */
  async function learn(trees: readonly FilterTree[]): Promise<void> {
    const unknown = trees.flatMap(remoteIds).filter(({ id }) => !names.value.has(id))
    const found = await Promise.all(
      unknown.map(async ({ field, id }) => {
        const read = field === 'requester' ? trpc.customers.get : trpc.organizations.get
        const row = await read.query({ id }).catch(() => null)
        return row ? [[id, row.name] as const] : []
      }),
    )
    if (unknown.length > 0) names.value = new Map([...names.value, ...found.flat()])
  }

  const words = (tree: FilterTree): string =>
    conditionWords(tree, { t, and: and.value, or: or.value, valueName })

  return { words, learn }
}
