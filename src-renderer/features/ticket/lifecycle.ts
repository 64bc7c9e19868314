import type { StatusClass, StatusView } from '../../../server/catalog/contract.ts'

/** The status that an act such as "resolve" leads to: the preset, or else the office's first one of the class. */
export function statusFor(statuses: readonly StatusView[], statusClass: StatusClass): StatusView | undefined {
  const fitting = statuses.filter((status) => status.class === statusClass)
  return fitting.find(({ key }) => key === statusClass) ?? fitting[0]
}

export const isDone = (statusClass: StatusClass): boolean =>
  statusClass === 'resolved' || statusClass === 'closed'
