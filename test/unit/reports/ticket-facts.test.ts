import fc from 'fast-check'
import { expect, it } from 'vitest'
import { statusClasses } from '../../../server/catalog/contract.ts'
import { ticketFacts, type TicketEvent } from '../../../server/reports/ticket-facts.ts'
import { compileCalendar } from '../../../server/sla/calendar.ts'
import type { Phase } from '../../../server/sla/facts.ts'
import { recount, sure } from '../../support/report-recount.ts'

const MINUTE = 60_000
const TICKET = 'ticket'

/** Days on which, somewhere, an hour is missing or comes twice; where it is half an hour; and where nothing of the kind happens. */
const places = [
  { timezone: 'America/Sao_Paulo', day: '2018-11-03T12:00:00Z' },
  { timezone: 'America/Sao_Paulo', day: '2019-02-16T12:00:00Z' },
  { timezone: 'Europe/Lisbon', day: '2026-03-28T12:00:00Z' },
  { timezone: 'America/New_York', day: '2026-10-31T12:00:00Z' },
  { timezone: 'Australia/Lord_Howe', day: '2026-04-04T12:00:00Z' },
  { timezone: 'Asia/Kolkata', day: '2026-12-31T12:00:00Z' },
]
const night = [['22:00', '06:00']] as [string, string][]
const shop = [
  ['08:00', '12:00'],
  ['13:30', '18:00'],
] as [string, string][]
const weeks = [
  { mon: shop, tue: shop, wed: shop, thu: shop, fri: shop },
  { fri: night, sat: night, sun: night },
]

const phases: Phase[] = [...statusClasses, 'cancelled']
const agents = ['ana', 'bruno', null] as const
const teams = ['shop', 'stock', null] as const

const steps = fc.array(
  fc.record({
    after: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
    by: fc.constantFrom('ana', 'bruno'),
    what: fc.oneof(
      fc.constantFrom(
        'customer' as const,
        'reply' as const,
        'note' as const,
        'merge' as const,
        'unmerge' as const,
      ),
      fc.constantFrom(...phases).map((status) => ({ status })),
      fc.constantFrom(...agents).map((agentId) => ({ agentId })),
      fc.constantFrom(...teams).map((teamId) => ({ teamId })),
    ),
  }),
  { maxLength: 25 },
)
type Step = typeof steps extends fc.Arbitrary<(infer T)[]> ? T : never

/** The lines that the desk would have logged. Each status has its phase's name. */
function logOf(story: readonly Step[], start: number, channel: string): TicketEvent[] {
  const log: TicketEvent[] = []
  let at = start
  let [status, statusBefore, agentId, teamId]: (string | null)[] = ['new', 'new', null, null]
  let [isMerged, isClosedByIt, version] = [false, false, 1]
  const write = (type: string, actorId: string | null, data: object) =>
    log.push({
      seq: log.length + 1,
      at,
      type,
      actorType: actorId === null ? 'customer' : 'agent',
      actorId,
      data: JSON.stringify(data),
    })
  const update = (by: string, changes: object, fact?: object) =>
    write('ticket.updated', by, { statusClass: status, changes, ...(fact && { fact }) })
  write('ticket.created', 'ana', {
    version: 1,
    channel,
    statusId: 'new',
    statusClass: 'new',
    teamId,
    agentId,
  })
  write('message.created', 'ana', { kind: 'public', authorType: 'customer', version: 1 })
  for (const { after, by, what } of story) {
    at += after * MINUTE
    version += 1
    if (what === 'customer')
      write('message.created', null, { kind: 'public', authorType: 'customer', version })
    else if (what === 'reply') write('message.created', by, { kind: 'public', authorType: 'agent', version })
    else if (what === 'note') write('message.created', by, { kind: 'note', authorType: 'agent', version })
    else if (what === 'merge' && !isMerged) {
      isMerged = true
      isClosedByIt = !['resolved', 'closed', 'cancelled'].includes(status ?? '')
      statusBefore = status
      if (isClosedByIt) status = 'closed'
      update(by, isClosedByIt ? { statusId: { from: statusBefore, to: 'closed' } } : {}, {
        type: 'merged',
        at,
      })
      write('ticket.merged', by, { sourceId: TICKET })
    } else if (what === 'unmerge' && isMerged) {
      isMerged = false
      status = statusBefore
      if (isClosedByIt) update(by, { statusId: { from: 'closed', to: status } }, { type: 'unmerged', at })
      write('ticket.unmerged', by, { sourceId: TICKET })
    } else if (typeof what === 'string' || isMerged) continue
    else if ('status' in what && what.status !== status) {
      const from = status
      status = what.status
      update(by, { statusId: { from, to: status } })
    } else if ('agentId' in what && what.agentId !== agentId) {
      update(by, { agentId: { from: agentId, to: what.agentId } })
      agentId = what.agentId
    } else if ('teamId' in what && what.teamId !== teamId) {
      update(by, { teamId: { from: teamId, to: what.teamId } })
      teamId = what.teamId
    }
  }
  return log
}

it('whatever happens to a ticket, wherever the clocks are changed, its facts are what a count minute by minute gives', () => {
  const times = places.flatMap(({ timezone, day }) =>
    weeks.map((hours) => ({ day, time: compileCalendar({ timezone, hours, holidays: [] }) })),
  )
  fc.assert(
    fc.property(
      steps,
      fc.constantFrom(...times),
      fc.constantFrom('email', 'phone'),
      (story, { day, time }, channel) => {
        const pauses = { pauseOn: ['waiting'], pauseNextResponseOn: ['hold', 'waiting'] } as const
        const log = logOf(story, Date.parse(day), channel)
        const facts = ticketFacts(
          TICKET,
          log,
          { phaseOf: (status) => status as Phase, answeredAtCreation: (by) => by === 'phone' },
          { time, ...pauses },
        )
        const { isOpenBefore, ...life } = recount(TICKET, log, {
          phases: new Map(phases.map((phase) => [phase, phase])),
          ...{ time, ...pauses },
        })
        expect(facts).toMatchObject(life)
        for (const [from, to] of facts?.spans ?? []) expect(to ?? Infinity).toBeGreaterThan(from)
        for (const at of log.flatMap((line) => [line.at, line.at + MINUTE]))
          expect(facts?.spans.some(([from, to]) => from < at && (to ?? Infinity) >= at)).toBe(
            isOpenBefore(at),
          )
      },
    ),
    { numRuns: 300 },
  )
})

it('a story that does not begin with its beginning has no facts', () => {
  const log = logOf([], 0, 'email').slice(1)
  expect(
    ticketFacts(
      TICKET,
      log,
      { phaseOf: () => 'open', answeredAtCreation: () => false },
      {
        time: compileCalendar({ timezone: 'UTC', hours: sure(weeks[0]), holidays: [] }),
        pauseOn: [],
        pauseNextResponseOn: [],
      },
    ),
  ).toBeUndefined()
})
