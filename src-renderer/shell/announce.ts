import { readonly, ref } from 'vue'

const message = ref('')

/** What the live region says now. */
export const announcement = readonly(message)

/** Tells assistive technology something that the screen already shows, politely, such as "3 novos tickets". */
export function announce(text: string): void {
  // The same words twice are only spoken again when the region changed in between.
  message.value = message.value === text ? `${text}\u00a0` : text
}
