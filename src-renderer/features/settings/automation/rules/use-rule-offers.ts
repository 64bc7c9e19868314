import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useApi } from '../../../../api/provide.ts'
import { useFreshQuery } from '../../../../stores/use-fresh-query.ts'
import type { Option } from '../../../../ui/options.ts'
import { useOpenTime } from './use-open-time.ts'

const WEBHOOKS = ['webhooks']

/** What rules may name besides the catalog: the office's calendars, and endpoints of other systems. */
export function useRuleOffers() {
  const { trpc } = useApi()
  const webhooks = useQuery({ key: WEBHOOKS, query: () => trpc.webhooks.list.query() })
  useFreshQuery(WEBHOOKS, ({ type }) => type.startsWith('webhook.'))

  const rows = computed(() => webhooks.data.value ?? [])

  return {
    ...useOpenTime(),
    webhookName: (id: string) => rows.value.find((row) => row.id === id)?.name ?? null,
    webhookOptions: (chosen: string): Option[] =>
      rows.value
        .filter(({ id, archived }) => !archived || id === chosen)
        .map(({ id, name }) => ({ value: id, label: name })),
  }
}
