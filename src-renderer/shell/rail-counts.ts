import { readonly, ref } from 'vue'

/** The places of the rail that may carry a count. */
export type RailPlace =
  'queue' | 'alerts' | 'call' | 'calls' | 'search' | 'customers' | 'dashboard' | 'reports' | 'settings'

interface RailCount {
  count: number
  /** How much it presses; told by colour and shape. */
  tone: 'urgent' | 'warning' | null
  /** What the number says, where the place's name alone would not do. */
  words: string | null
}

const counts = ref<Partial<Record<RailPlace, RailCount>>>({})

export const railCounts = readonly(counts)

/** Shows a number beside a place of the rail; undefined takes it away. */
export function setRailCount(
  place: RailPlace,
  count: number | undefined,
  { tone = null, words = null }: Partial<Pick<RailCount, 'tone' | 'words'>> = {},
): void {
  counts.value = { ...counts.value, [place]: count === undefined ? undefined : { count, tone, words } }
}
