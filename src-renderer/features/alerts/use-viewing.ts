import { onScopeDispose, watch, type Ref } from 'vue'
import { useDesk } from '../../stores/desk.ts'

const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The ticket that an address names; null when its id is none. */
export const viewedTicket = (id: string): string | null => (isUuid.test(id) ? id : null)

/** Tells the desktop which ticket stands in this window: of what its reader has before their eyes it need not notify. */
export function useViewing(ticketId: Readonly<Ref<string>>): void {
  const { alerts } = useDesk()
  if (!alerts) return
  // What is no id names no ticket: refused as such, it would leave the former one before the reader's eyes.
  const tell = (): void => void alerts.viewing(viewedTicket(ticketId.value)).catch(() => undefined)
  watch(ticketId, tell, { immediate: true })
  window.addEventListener('focus', tell)
  onScopeDispose(() => {
    window.removeEventListener('focus', tell)
    void alerts.viewing(null).catch(() => undefined)
  })
}
