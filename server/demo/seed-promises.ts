import type { Viewer } from '../access/viewer.ts'
import type { Services } from '../app.ts'
import { holidaysOf } from '../sla/holidays.ts'
import { company } from './office.ts'
import { policies, shop } from './promises.ts'

/** Gives the office, on the day of its founding, its hours with the holidays of these years, and what it promises. */
export async function seedPromises(services: Services, admin: Viewer): Promise<void> {
  // Today may be in the year after, and the year after that is to be known too.
  const fromYear = new Date(services.clock.now()).getUTCFullYear()
  const { locale } = company
  const holidays = await holidaysOf({ country: 'BR', state: 'MG', fromYear, toYear: fromYear + 2, locale })
  const calendar = await services.calendars.create(admin, {
    ...shop,
    holidays: holidays.flatMap(({ kind, date, name }) => (kind === 'public' ? [{ date, name }] : [])),
  })
  for (const { hours, ...policy } of policies)
    await services.policies.create(admin, {
      ...policy,
      calendarId: hours === 'shop' ? calendar.id : null,
      // What waits for a supplier or for the day of a visit waits with the customer's knowledge.
      pauseOn: ['waiting', 'hold'],
      pauseNextResponseOn: ['hold'],
    })
}
