import { ref } from 'vue'
import { useWorkspaceStore } from '../../stores/workspace.ts'
import { withRecent } from './recent.ts'

const CACHE_KEY = 'searches'

/** What this agent looked for lately on this PC; forgotten with everything that was read when they log out. */
export function useRecentSearches() {
  const workspace = useWorkspaceStore()
  const recent = ref<string[]>([])

  async function keep(next: string[]): Promise<void> {
    recent.value = next
    await (await workspace.whenOpen()).cache.put(CACHE_KEY, [...next])
  }

  async function load(): Promise<void> {
    const { cache } = await workspace.whenOpen()
    recent.value = (await cache.get<string[]>(CACHE_KEY)) ?? []
  }

  void load()
  return {
    recent,
    remember: (text: string) => keep(withRecent(recent.value, text)),
    forget: () => keep([]),
  }
}
