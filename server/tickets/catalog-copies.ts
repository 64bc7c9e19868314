import type { CatalogTickets } from '../catalog/catalog-tickets.ts'

/** Keeps what tickets copied from the catalog (to sort and filter by it without a join) true when the catalog changes. */
export const catalogCopies: CatalogTickets = {
  async statusInUse(tx, statusId) {
    const [row] = await tx.db.sql<{ inUse: number }[]>`
      SELECT 1 AS inUse FROM ticket_tally WHERE statusId = ${statusId} AND count > 0 LIMIT 1`
    return row !== undefined
  },
  async onPriorityWeightChanged(tx, priorityId, weight) {
    await tx.db.sql`UPDATE ticket SET priorityWeight = ${weight} WHERE priorityId = ${priorityId}`
  },
}
