import { readonly, ref } from 'vue'

/** The places of the rail that may carry a count. */
export type RailPlace = 'queue' | 'call' | 'search' | 'customers' | 'dashboard' | 'settings'

const counts = ref<Partial<Record<RailPlace, number>>>({})

export const railCounts = readonly(counts)

/** Shows a number beside a place of the rail; undefined takes it away. */
export function setRailCount(place: RailPlace, count: number | undefined): void {
  counts.value = { ...counts.value, [place]: count }
}
