import { setImmediate } from 'node:timers/promises'
import type { PeopleSnapshot } from '../../access/people.ts'
import type { CatalogSnapshot } from '../../catalog/catalog.ts'
import type { CalendarDefinition } from '../../sla/calendar.contract.ts'
import { compileCalendar } from '../../sla/calendar.ts'
import type { Reader } from '../../store/reader.ts'
import { compileRules } from '../compiled-rules.ts'
import type { ConditionNames } from '../../conditions/conditions.ts'
import type { RuleDefinition } from '../contract.ts'
import { endOf, hoursFor } from '../time/delays.ts'
import { PastReader } from './past-reader.ts'
import { PreviewTally, type PreviewOutcome } from './preview-tally.ts'
import { replay, type ReplayWorld } from './replay.ts'

/** All that a preview needs; plain values, for they go to another thread. */
export interface PreviewJob {
  file: string
  rule: RuleDefinition
  from: number
  now: number
  limit: number
  catalog: CatalogSnapshot
  people: PeopleSnapshot
  tiers: NonNullable<ConditionNames['tiers']>
  calendars: ReadonlyMap<string, { id: string; archived: boolean; definition: CalendarDefinition }>
  policies: ReadonlyMap<string, { calendarId: string | null }>
}

/** Tickets between two words on how far it is. */
const STEP = 500

/** Replays the past of every ticket that may matter by one rule, the newest first. Nothing is written. */
export async function runPreview(
  reader: Reader,
  job: PreviewJob,
  report: (done: number, total: number) => void,
): Promise<PreviewOutcome> {
  const world = worldOf(job)
  const past = new PastReader(reader, job)
  const tally = new PreviewTally(job)
  const total = past.count()
  for (let before = Number.MAX_SAFE_INTEGER, done = 0; ;) {
    report(done, total)
    const { rows, stories } = await past.page(before, STEP)
    const last = rows.at(-1)
    if (!last) break
    for (const { row, ticket, facts } of stories) tally.add(row, ticket, replay(ticket, facts, world))
    before = last.seq
    done += rows.length
    await setImmediate()
  }
  return tally.outcome()
}

function worldOf({ rule, from, now, catalog, people, tiers, calendars, policies }: PreviewJob): ReplayWorld {
  const [ready] = compileRules([{ ...rule, id: 'preview', position: 1 }], { catalog, tiers })
  if (!ready) throw new Error('A rule was to be made ready and is not.')
  const booked = new Map(
    [...calendars].map(([id, calendar]) => [id, { ...calendar, time: compileCalendar(calendar.definition) }]),
  )
  const book = { calendars: booked, policyById: policies }
  return {
    ...{ from, now, rule: ready, after: rule.on.includes('time') ? rule.after : null },
    names: { catalog, people },
    isOpen: (calendarId, at) => booked.get(calendarId)?.time.isOpen(at) ?? false,
    endOf: (after, policyId, { teamId }, since) =>
      endOf(after, since, hoursFor(book, people, { teamId, policyId }, after)),
  }
}
