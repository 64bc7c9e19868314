import { useQuery } from '@pinia/colada'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { DeskEvent } from '../../../server/events/contract.ts'
import { activeClasses } from '../../../server/tickets/filter.contract.ts'
import { useApi } from '../../api/provide.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'

const told = new Set([
  'ticket.linked',
  'ticket.unlinked',
  'ticket.merged',
  'ticket.unmerged',
  'flood.accepted',
])

/** What a ticket is linked with, kept fresh: one reading for all who show it. */
export function useLinks(ticketId: MaybeRefOrGetter<string>) {
  const { trpc } = useApi()
  const key = () => ['tickets', 'links', toValue(ticketId)]
  const { data } = useQuery(() => {
    const id = toValue(ticketId)
    return { key: key(), query: () => trpc.tickets.links.query({ ticketId: id }) }
  })

  function concerns({ type, ticketId: about, data: said }: DeskEvent): boolean {
    const id = toValue(ticketId)
    if (told.has(type) || type === 'flood.reopened')
      return about === id || said['parentId'] === id || said['targetId'] === id
    const known = data.value
      ? [...data.value.children, ...(data.value.parent ? [data.value.parent] : [])]
      : []
    return type === 'ticket.updated' && known.some((ticket) => ticket.id === about)
  }
  useFreshQuery(key, concerns)

  const children = computed(() => data.value?.children ?? [])
  return {
    parent: computed(() => data.value?.parent ?? null),
    children,
    hidden: computed(() => data.value?.hidden ?? 0),
    openChildren: computed(() => children.value.filter(({ status }) => activeClasses.includes(status.class))),
  }
}
