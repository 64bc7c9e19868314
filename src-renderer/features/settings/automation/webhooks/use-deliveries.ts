import { useQuery } from '@pinia/colada'
import { computed, ref } from 'vue'
import type { DeliveryPage, DeliveryView } from '../../../../../server/webhooks/contract.ts'
import { useApi } from '../../../../api/provide.ts'
import { useFreshQuery } from '../../../../stores/use-fresh-query.ts'

const PAGE = 50

/** What was and is to be delivered to one webhook, the newest first, fresh with every try. */
export function useDeliveries(webhookId: string) {
  const { trpc } = useApi()
  const pages = ref(1)
  const key = ['webhooks', 'deliveries', webhookId]

  async function read(): Promise<DeliveryPage> {
    const items: DeliveryView[] = []
    let nextCursor: number | null = null
    for (let page = 0; page < pages.value; page++) {
      const answer: DeliveryPage = await trpc.webhooks.deliveries.query({
        ...{ id: webhookId, cursor: nextCursor, limit: PAGE },
      })
      items.push(...answer.items)
      nextCursor = answer.nextCursor
      if (nextCursor === null) break
    }
    return { items, nextCursor }
  }

  const query = useQuery<DeliveryPage>({ key, query: read })
  useFreshQuery(key, ({ type, data }) => type.startsWith('job.') && data['lane'] === `webhook:${webhookId}`)

  async function more(): Promise<void> {
    pages.value += 1
    await query.refetch()
  }

  return {
    deliveries: computed(() => query.data.value?.items ?? null),
    hasMore: computed(() => typeof query.data.value?.nextCursor === 'number'),
    error: query.error,
    refetch: query.refetch,
    more,
    retry: (id: string) => trpc.webhooks.retry.mutate({ id }),
    retryAll: () => trpc.webhooks.retryAll.mutate({ id: webhookId }),
  }
}
