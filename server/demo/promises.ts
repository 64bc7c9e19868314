import type { CalendarDefinition } from '../sla/calendar.contract.ts'
import type { NewLevel, Target } from '../sla/contract.ts'
import type { FilterTree } from '../tickets/filter.contract.ts'
import { company } from './office.ts'

const HOUR = 60
const DAY = 24 * HOUR

const weekday: [string, string][] = [
  ['08:00', '12:00'],
  ['13:30', '18:00'],
]

/** When the shop is open; its holidays come from the list of the country and the state. */
export const shop: Omit<CalendarDefinition, 'holidays'> & { name: string } = {
  name: 'Loja',
  timezone: company.timezone,
  hours: {
    ...{ mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday },
    sat: [['09:00', '13:00']],
  },
}

interface DemoPolicy {
  name: string
  when: FilterTree | null
  /** Without hours it counts round the clock. */
  hours: 'shop' | null
  targets: Target[]
  escalations: NewLevel[]
}

const target = (
  priority: string,
  firstResponse: number,
  nextResponse: number,
  resolution: number,
): Target => ({
  priority,
  firstResponseMinutes: firstResponse,
  nextResponseMinutes: nextResponse,
  resolutionMinutes: resolution,
})

/** In the order in which they are tried. */
export const policies: DemoPolicy[] = [
  {
    // Customers with a contract have somebody on call.
    name: 'Clientes VIP (plantão 24×7)',
    when: { all: [{ field: 'customer.tier', op: 'is', value: 'vip' }] },
    hours: null,
    targets: [
      target('urgent', 30, HOUR, 12 * HOUR),
      target('high', HOUR, 4 * HOUR, 5 * DAY),
      target('normal', 4 * HOUR, DAY, 7 * DAY),
      target('low', 8 * HOUR, DAY, 10 * DAY),
    ],
    escalations: [
      { metric: 'firstResponse', atPercent: 75, notify: ['agent', 'team'] },
      { metric: 'firstResponse', atPercent: 100, notify: ['agent', 'team'] },
      { metric: 'firstResponse', offsetMinutes: 30, notify: ['supervisors'] },
      { metric: 'nextResponse', atPercent: 75, notify: ['agent'] },
      { metric: 'nextResponse', atPercent: 100, notify: ['agent', 'supervisors'] },
      { metric: 'resolution', atPercent: 80, notify: ['agent'] },
      { metric: 'resolution', atPercent: 100, notify: ['agent', 'team', 'supervisors'] },
    ],
  },
  {
    name: 'Comercial',
    when: null,
    hours: 'shop',
    targets: [
      target('urgent', HOUR, 2 * HOUR, 8 * HOUR),
      target('high', 2 * HOUR, 4 * HOUR, 24 * HOUR),
      target('normal', 4 * HOUR, 16 * HOUR, 60 * HOUR),
      target('low', 8 * HOUR, 24 * HOUR, 80 * HOUR),
    ],
    escalations: [
      { metric: 'firstResponse', atPercent: 75, notify: ['agent'] },
      { metric: 'firstResponse', atPercent: 100, notify: ['agent', 'team'] },
      { metric: 'firstResponse', atPercent: 150, notify: ['supervisors'] },
      { metric: 'nextResponse', atPercent: 100, notify: ['agent'] },
      { metric: 'resolution', atPercent: 80, notify: ['agent'] },
      { metric: 'resolution', atPercent: 100, notify: ['agent', 'supervisors'] },
    ],
  },
]
