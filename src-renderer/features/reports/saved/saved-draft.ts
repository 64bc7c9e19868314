/** What stands in the form of a saved report. Pure. */
import type { RelativePeriod } from '../../../../server/reports/period.contract.ts'
import type {
  NewSavedReport,
  Recipient,
  SavedQuestion,
  SavedReportView,
  Schedule,
} from '../../../../server/reports/saved.contract.ts'

export interface SavedDraft {
  name: string
  shared: boolean
  period: RelativePeriod
  compare: boolean
  every: 'never' | Schedule['every']
  weekday: string
  day: string
  at: string
  agentIds: string[]
  /** As they are typed, apart by commas, semicolons or lines. */
  addresses: string
  csv: boolean
  xlsx: boolean
}

/** The parts of a question that don't move with the days. */
export type Asked = Omit<SavedQuestion, 'period' | 'compare'>

/** @param shown what a new one has of the report on the screen */
export const draftOf = (
  report: SavedReportView | null,
  name: string,
  shown: { period: RelativePeriod; compare: boolean },
): SavedDraft => {
  const schedule = report?.schedule ?? null
  return {
    name: report?.name ?? name,
    shared: report?.shared ?? false,
    period: report?.question.period ?? shown.period,
    compare: report?.question.compare ?? shown.compare,
    every: schedule?.every ?? 'never',
    weekday: String(schedule?.every === 'week' ? schedule.weekday : 1),
    day: String(schedule?.every === 'month' ? schedule.day : 1),
    at: schedule?.at ?? '08:00',
    agentIds: (report?.recipients ?? []).flatMap((each) => (each.kind === 'agent' ? [each.id] : [])),
    addresses: (report?.recipients ?? [])
      .flatMap((each) => (each.kind === 'address' ? [each.address] : []))
      .join(', '),
    csv: report?.formats.includes('csv') ?? false,
    xlsx: report?.formats.includes('xlsx') ?? true,
  }
}

export function toSaved(draft: SavedDraft, asked: Asked): Omit<NewSavedReport, 'id'> {
  const { name, shared, period, compare } = draft
  return {
    ...{ name: name.trim(), shared, schedule: scheduleOf(draft), recipients: recipientsOf(draft) },
    question: { ...asked, period, compare },
    formats: (['csv', 'xlsx'] as const).filter((format) => draft[format]),
  }
}

/** What is typed wrongly, by field; nothing when the server may be asked. */
export function draftProblems(draft: SavedDraft): ('name' | 'at' | 'recipients' | 'addresses')[] {
  const recipients = recipientsOf(draft)
  return [
    ...(draft.name.trim() ? [] : ['name' as const]),
    ...(draft.every === 'never' || /^\d\d:\d\d$/.test(draft.at) ? [] : ['at' as const]),
    ...(draft.every !== 'never' && recipients.length === 0 ? ['recipients' as const] : []),
    ...(typedAddresses(draft).every((address) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address))
      ? []
      : ['addresses' as const]),
  ]
}

const typedAddresses = ({ addresses }: SavedDraft) => addresses.split(/[\s,;]+/).filter(Boolean)

const recipientsOf = (draft: SavedDraft): Recipient[] => [
  ...draft.agentIds.map((id) => ({ kind: 'agent' as const, id })),
  ...[...new Set(typedAddresses(draft))].map((address) => ({ kind: 'address' as const, address })),
]

function scheduleOf({ every, weekday, day, at }: SavedDraft): Schedule | null {
  if (every === 'never') return null
  if (every === 'week') return { every, weekday: Number(weekday), at }
  return every === 'month' ? { every, day: Number(day), at } : { every, at }
}
