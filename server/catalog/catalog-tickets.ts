import type { Tx } from '../store/store.ts'

/** What the catalog needs of the tickets, which carry the class of their status and the weight of their priority with them. */
export interface CatalogTickets {
  /** Whether any ticket has this status now. */
  statusInUse(tx: Tx, statusId: string): Promise<boolean>
  onPriorityWeightChanged(tx: Tx, priorityId: string, weight: number): Promise<void>
}
