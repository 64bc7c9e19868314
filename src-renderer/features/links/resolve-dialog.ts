import { readonly, shallowRef } from 'vue'

const openFor = shallowRef<string | null>(null)

/** The ticket whose linked ones are about to be answered and resolved; null while nobody does. */
export const resolveDialogFor = readonly(openFor)

export function openResolveDialog(ticketId: string): void {
  openFor.value = ticketId
}

export function closeResolveDialog(): void {
  openFor.value = null
}
