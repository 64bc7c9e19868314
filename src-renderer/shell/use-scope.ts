import { computed, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import { useSessionStore } from '../stores/session.ts'

/** Whose list a page shows: one's own or, for those who oversee the desk, everybody's. The last part of the address says which. */
export function useScope(): { scope: ComputedRef<'mine' | 'all'>; isOverseer: ComputedRef<boolean> } {
  const route = useRoute()
  const session = useSessionStore()
  const isOverseer = computed(() => session.can('tickets.readAll'))
  const scope = computed(() => (isOverseer.value && route.params['scope'] === 'all' ? 'all' : 'mine'))
  return { scope, isOverseer }
}
