import { defineStore } from 'pinia'
import { ref } from 'vue'

/** An open ticket. One that is only looked at gives its place to the next; whatever is worked on is kept. */
export interface TicketTab {
  id: string
  kept: boolean
}

const MAX_TABS = 12

/** The tabs after `id` was opened: it takes the place of the one that was only looked at. */
export function withOpened(tabs: readonly TicketTab[], id: string): TicketTab[] {
  if (tabs.some((tab) => tab.id === id)) return [...tabs]
  const looked = tabs.findIndex(({ kept }) => !kept)
  const opened = { id, kept: false }
  if (looked >= 0) return tabs.with(looked, opened)
  // With too many the oldest one goes; its draft stays with its ticket.
  return [...tabs.slice(-(MAX_TABS - 1)), opened]
}

export function withKept(tabs: readonly TicketTab[], id: string): TicketTab[] {
  return tabs.map((tab) => (tab.id === id ? { ...tab, kept: true } : tab))
}

/** The tab to show when `id` is closed: its right neighbour, else its left one. */
export function neighbourOf(tabs: readonly TicketTab[], id: string): string | null {
  const index = tabs.findIndex((tab) => tab.id === id)
  return (tabs[index + 1] ?? tabs[index - 1])?.id ?? null
}

const STORAGE_KEY = 'balcao.tabs'

function kept(): TicketTab[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]')
    return Array.isArray(found) ? (found as TicketTab[]).filter(({ id }) => typeof id === 'string') : []
  } catch {
    return []
  }
}

/** The tickets open in this window, over a reload too. */
export const useTicketTabs = defineStore('ticket-tabs', () => {
  const tabs = ref<TicketTab[]>(kept())

  function set(next: TicketTab[]): void {
    tabs.value = next
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(next))
  }

  return {
    tabs,
    open: (id: string) => set(withOpened(tabs.value, id)),
    keep: (id: string) => set(withKept(tabs.value, id)),
    close: (id: string) => set(tabs.value.filter((tab) => tab.id !== id)),
  }
})
