import { onScopeDispose, watch, type Ref } from 'vue'
import { useDesk } from '../../stores/desk.ts'

/** Tells the desktop which ticket stands in this window: of what its reader has before their eyes it need not notify. */
export function useViewing(ticketId: Readonly<Ref<string>>): void {
  const { alerts } = useDesk()
  if (!alerts) return
  const tell = (): void => void alerts.viewing(ticketId.value || null).catch(() => undefined)
  watch(ticketId, tell, { immediate: true })
  window.addEventListener('focus', tell)
  onScopeDispose(() => {
    window.removeEventListener('focus', tell)
    void alerts.viewing(null).catch(() => undefined)
  })
}
