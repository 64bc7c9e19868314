import type { Viewer } from '../../server/access/viewer.ts'
import type { Services } from '../../server/app.ts'
import type { NewLevel, NewPolicy, Target } from '../../server/sla/contract.ts'
import { holidaysOf } from '../../server/sla/holidays.ts'
import type { FilterTree } from '../../server/tickets/filter.contract.ts'

export const TIMEZONE = 'America/Sao_Paulo'
const weekday: [string, string][] = [
  ['08:00', '12:00'],
  ['13:30', '18:00'],
]
const HOLIDAYS_FROM = 2024
const HOLIDAYS_TO = 2032

/**
 * About three years, in business hours and round the clock: the bench's tickets come in over two years, and none is overdue when
 * the server starts. What falls due, falls due on purpose.
 */
const LONG_MINUTES = { business: 400_000, always: 1_600_000 }

/** Business hours with holidays for most, round the clock for what is urgent, and a policy that asks about the customer. */
export async function seedPolicies(services: Services, admin: Viewer): Promise<void> {
  const holidays = await holidaysOf({
    ...{ country: 'BR', fromYear: HOLIDAYS_FROM, toYear: HOLIDAYS_TO, locale: 'pt-BR' },
  })
  const calendar = await services.calendars.create(admin, {
    name: 'Expediente',
    timezone: TIMEZONE,
    hours: { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday },
    holidays: holidays.map(({ date, name }) => ({ date, name })),
  })
  const policy = (name: string, when: FilterTree | null, calendarId: string | null): NewPolicy => ({
    ...{ name, when, calendarId },
    targets: ['urgent', 'high', 'normal', 'low'].map((priority) => targetOf(priority, calendarId)),
    pauseOn: ['waiting'],
    pauseNextResponseOn: [],
    escalations: ladder,
  })
  await services.policies.create(
    admin,
    policy('VIP', { all: [{ field: 'customer.tier', op: 'is', value: 'vip' }] }, calendar.id),
  )
  await services.policies.create(
    admin,
    policy('Urgências 24×7', { all: [{ field: 'priority', op: 'is', value: 'urgent' }] }, null),
  )
  await services.policies.create(admin, policy('Comercial', null, calendar.id))
  // Nothing runs yet; what was asked for is over at once and not left for the first start.
  services.recompute.start({ error: (fault: unknown) => process.stderr.write(`${String(fault)}\n`) })
  await services.recompute.settled()
}

function targetOf(priority: string, calendarId: string | null): Target {
  const longest = calendarId === null ? LONG_MINUTES.always : LONG_MINUTES.business
  return {
    priority,
    firstResponseMinutes: longest * 0.9,
    nextResponseMinutes: longest * 0.9,
    resolutionMinutes: longest,
  }
}

/** As long as those of the presets, with its rungs close to the deadline. */
const ladder: NewLevel[] = [
  { metric: 'firstResponse', atPercent: 99, notify: ['agent'] },
  { metric: 'firstResponse', atPercent: 100, notify: ['agent', 'team'] },
  { metric: 'firstResponse', atPercent: 101, notify: ['supervisors'] },
  { metric: 'nextResponse', atPercent: 99, notify: ['agent'] },
  { metric: 'nextResponse', atPercent: 100, notify: ['agent', 'team'] },
  { metric: 'resolution', atPercent: 98, notify: ['agent'] },
  { metric: 'resolution', offsetMinutes: -60, notify: ['agent', 'team'] },
  { metric: 'resolution', atPercent: 100, notify: ['agent', 'team', 'supervisors'] },
  { metric: 'resolution', offsetMinutes: 120, notify: ['supervisors'] },
]
