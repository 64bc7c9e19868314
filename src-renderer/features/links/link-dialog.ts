import { readonly, shallowRef } from 'vue'

const openFor = shallowRef<string | null>(null)

/** The ticket for which people are choosing another to merge or link it with; null while nobody is. */
export const linkDialogFor = readonly(openFor)

export function openLinkDialog(ticketId: string): void {
  openFor.value = ticketId
}

export function closeLinkDialog(): void {
  openFor.value = null
}
