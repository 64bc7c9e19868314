import type { CallView } from '../../../server/phone/contract.ts'

/** How a call stands after what the reader just decided, which the server may not have said yet. */
export type Decided = ReadonlyMap<string, boolean>

/** A missed call that nobody has taken care of. */
const isToHandle = (call: Pick<CallView, 'id' | 'state' | 'wrapUp'>, decided: Decided): boolean =>
  call.state === 'missed' && !(decided.get(call.id) ?? call.wrapUp !== null)

/** The calls as the page shows them: what waits for somebody, and all others; newest first as they came. */
export function callLists(
  missed: readonly CallView[],
  all: readonly CallView[],
  decided: Decided,
): { waiting: CallView[]; others: CallView[] } {
  const waiting = missed.filter((call) => isToHandle(call, decided))
  const ids = new Set(waiting.map(({ id }) => id))
  return { waiting, others: all.filter(({ id }) => !ids.has(id)) }
}

/** How long they spoke, in milliseconds; null when nobody did, or nobody knows. */
export function spokenMs({
  answeredAt,
  endedAt,
  isEndAssumed,
}: Pick<CallView, 'answeredAt' | 'endedAt' | 'isEndAssumed'>): number | null {
  if (answeredAt === null || endedAt === null || isEndAssumed) return null
  return Math.max(0, Date.parse(endedAt) - Date.parse(answeredAt))
}

/** What the form for a new ticket is to know of a call. */
export const startOf = ({ id, e164, number, customer }: CallView) => ({
  callId: id,
  ...((e164 ?? number) ? { phone: e164 ?? number } : {}),
  ...(customer ? { customerId: customer.id } : {}),
})

/** What is written of a call that is over, until it is handed in. */
export interface WrapUpForm {
  /** Absent until one is chosen. */
  codeId?: string | undefined
  note: string
  toTicket: boolean
}

export const blankWrapUp = (): WrapUpForm => ({ note: '', toTicket: true })

export const wrapUpDraftKey = ({ id }: Pick<CallView, 'id'>): string => `wrapUp:${id}`
