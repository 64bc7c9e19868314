import { proposePriority, type CatalogSnapshot } from '../catalog/catalog.ts'
import type { TicketState } from './ticket-state.ts'

type Weighed = Pick<TicketState, 'urgency' | 'impact' | 'priorityId'>

/**
 * New urgency or impact moves the priority along, unless somebody had overruled what the old ones proposed. Undefined leaves it.
 */
export function proposedPriority(
  current: Weighed,
  wanted: Partial<Weighed>,
  catalog: CatalogSnapshot,
): string | undefined {
  const { urgency, impact } = { ...current, ...wanted }
  if (!urgency || !impact || (urgency === current.urgency && impact === current.impact)) return undefined
  const hadProposal = current.urgency !== null && current.impact !== null
  const overruled =
    hadProposal && proposePriority(catalog, current.urgency, current.impact).id !== current.priorityId
  return overruled ? undefined : proposePriority(catalog, urgency, impact).id
}
