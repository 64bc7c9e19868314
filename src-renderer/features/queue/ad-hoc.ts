import type { RouteLocationRaw } from 'vue-router'
import { sortSchema, ticketFilterSchema } from '../../../server/tickets/filter.contract.ts'
import type { ListPlan, StandardQueue } from './queues.ts'

/** The queue that a filter without a name of its own is made from; going back from the filter leads here. */
const BASE: StandardQueue = 'active'

/** The address of a list that nobody has saved: the queue page with this filter in force. */
export const adHocQueue = ({ filter, sort }: ListPlan): RouteLocationRaw => ({
  name: 'queue',
  params: { queue: BASE },
  query: { filter: JSON.stringify(filter), sort: `${sort.by}-${sort.dir}` },
})

/** The list that an address asks for; null when it asks for none, or for one that makes no sense. */
export function planInAddress(query: Record<string, unknown>): ListPlan | null {
  if (typeof query['filter'] !== 'string') return null
  const [by, dir] = String(query['sort'] ?? '').split('-')
  const filter = ticketFilterSchema.safeParse(parsed(query['filter']))
  const sort = sortSchema.catch({ by: 'dueAt', dir: 'asc' }).parse({ by, dir })
  return filter.success ? { filter: filter.data, sort } : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
