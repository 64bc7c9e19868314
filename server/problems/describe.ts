import { createHash } from 'node:crypto'
import { foldName } from '../catalog/fold-name.ts'
import { significantWords } from '../text/words.ts'
import type { Problem, ProblemCost } from './contract.ts'
import type { Effort, PastTicket } from './corpus-rows.ts'

/** What a problem is known by. */
const WORDS = 8
const NAMED_WORDS = 4
/** A word that fewer of its tickets have tells of those tickets. */
const COMMON = 0.3
const WEEK_MS = 7 * 86_400_000

/** The words that at least {@link COMMON} of the members have, in the order of `candidates`. */
export function tellingWords(
  candidates: readonly string[],
  texts: readonly { subject: string; text: string }[],
): string[] {
  const sets = texts.map(({ subject, text }) => significantWords(`${subject}\n${text}`))
  const common = candidates.filter(
    (word) => sets.filter((words) => words.has(word)).length >= COMMON * sets.length,
  )
  return (common.length > 0 ? common : candidates).slice(0, WORDS)
}

/** The same words give the same id. */
export const idOf = (words: readonly string[]): string =>
  createHash('sha256').update(words.toSorted().join(' ')).digest('base64url').slice(0, 20)

/** Its first words as customers write them most often: "Impressora · fiscal · toner". */
export function nameOf(
  words: readonly string[],
  texts: readonly { subject: string; text: string }[],
): string {
  const written = new Map<string, Map<string, number>>()
  for (const { subject, text } of texts)
    for (const [word] of `${subject}\n${text}`.matchAll(/[\p{L}\p{N}]+/gu)) {
      const [folded] = significantWords(word)
      if (!folded || !words.includes(folded)) continue
      const forms = written.get(folded) ?? new Map<string, number>()
      const form = word.toLowerCase()
      forms.set(form, (forms.get(form) ?? 0) + 1)
      written.set(folded, forms)
    }
  const name = words.slice(0, NAMED_WORDS).map((word) => commonest(written.get(word)) ?? word)
  const [first = '', ...others] = name
  return [first.charAt(0).toLocaleUpperCase() + first.slice(1), ...others].join(' · ')
}

function commonest(forms: ReadonlyMap<string, number> | undefined): string | undefined {
  return [...(forms ?? [])].sort(([formA, a], [formB, b]) => b - a || (formA < formB ? -1 : 1))[0]?.[0]
}

type Counted = Pick<
  Problem,
  'tickets' | 'open' | 'weeks' | 'recent' | 'before' | 'customers' | 'organizations' | 'firstAt' | 'lastAt'
>

/** What can be counted of its tickets, of the `days` before `now`. */
export function countsOf(tickets: readonly PastTicket[], now: number, days: number): Counted {
  const weeks = Array.from({ length: Math.ceil(days / 7) }, () => 0)
  const half = now - (days * 86_400_000) / 2
  const times = tickets.map(({ createdAt }) => createdAt)
  for (const at of times) {
    const place = weeks.length - 1 - Math.min(weeks.length - 1, Math.max(0, Math.floor((now - at) / WEEK_MS)))
    weeks[place] = (weeks[place] ?? 0) + 1
  }
  const recent = times.filter((at) => at >= half).length
  return {
    tickets: tickets.length,
    open: tickets.filter(({ isOpen }) => isOpen).length,
    ...{ weeks, recent },
    before: tickets.length - recent,
    customers: new Set(tickets.map(({ requesterId }) => requesterId)).size,
    organizations: new Set(tickets.flatMap(({ organizationId }) => organizationId ?? [])).size,
    firstAt: iso(times.reduce((a, b) => Math.min(a, b), Infinity)),
    lastAt: iso(times.reduce((a, b) => Math.max(a, b), -Infinity)),
  }
}

/** See {@link ProblemCost}. `averageMs` is null where too few calls are known. */
export function costOf(efforts: readonly Effort[], averageMs: number | null): ProblemCost {
  const measuredMs = efforts.reduce((sum, { callMs }) => sum + callMs, 0)
  const answers = efforts.reduce((sum, effort) => sum + (effort.callMs > 0 ? 0 : effort.answers), 0)
  return { measuredMs, estimatedMs: averageMs === null ? null : answers * averageMs }
}

/** Whether a problem is one that was hidden, by what the two are known by: more than half of the words of either. */
export function isSameMatter(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a.map(foldName)), new Set(b.map(foldName))]
  const shared = [...left].filter((word) => right.has(word)).length
  return 2 * shared > Math.max(left.size, right.size)
}

const iso = (at: number) => new Date(at).toISOString()
