import { computed } from 'vue'
import { useTiersStore } from '../../stores/tiers.ts'

/** Which customers' tiers are above the ordinary one: only those deserve a sign on every row. */
export function useRaisedTiers() {
  const tiers = useTiersStore()
  const raised = computed(() => {
    const rows = tiers.rows ?? []
    const ordinary = Math.min(...rows.map(({ weight }) => weight))
    return new Set(rows.filter(({ weight }) => weight > ordinary).map(({ id }) => id))
  })
  return { isRaised: (tierId: string) => raised.value.has(tierId) }
}
