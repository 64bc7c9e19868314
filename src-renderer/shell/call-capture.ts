import { readonly, ref } from 'vue'

/** What is known of a new ticket before anybody typed: the number that rings, the customer on screen, the ticket it follows. */
export interface CallStart {
  /** `phone` (the default) is a call in progress, `manual` a ticket that nobody called about. */
  channel?: 'phone' | 'manual'
  phone?: string
  /** The call that the exchange told of: what is logged is linked to it. */
  callId?: string
  customerId?: string
  subject?: string
  notes?: string
  typeId?: string | null
  categoryId?: string | null
  teamId?: string | null
}

const current = ref<CallStart | null>(null)

/** The call being captured, or null while the panel is closed. */
export const callCapture = readonly(current)

/** Opens the panel for a call; while it is open, brings it to the front with what is given. */
export function openCallCapture(start: CallStart = {}): void {
  current.value = { ...start }
}

/** Opens the same panel for a ticket that nobody called about, such as "Novo ticket" on a customer's page or a continuation. */
export function openNewTicket(start: Omit<CallStart, 'channel' | 'phone'> = {}): void {
  openCallCapture({ ...start, channel: 'manual' })
}

export function closeCallCapture(): void {
  current.value = null
}
