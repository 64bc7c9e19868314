import type { Services } from '../app.ts'
import type { DemoClock } from './demo-clock.ts'
import { agents, demoPassword } from './office.ts'
import { seedRules } from './rules.ts'
import { seedOffice } from './seed-office.ts'
import { seedThreads } from './seed-threads.ts'
import { pastThreads, type PastDay } from './history/past-threads.ts'
import { threads } from './threads/index.ts'
import { instantOf } from './when.ts'

/** The office's days, by how many working days ago they were. */
async function daysBefore({ book }: Services, now: number): Promise<(ago: number) => PastDay> {
  const [shop] = (await book.current()).calendars.values()
  return (ago) => {
    const noon = instantOf(`-${ago}d 11:00`, now, now)
    return { weekday: new Date(noon).getUTCDay(), isHoliday: shop !== undefined && !shop.time.isOpen(noon) }
  }
}

/** The office was founded this long before today's tickets. */
const FOUNDED_BEFORE_MS = 90 * 24 * 60 * 60 * 1_000

/**
 * Fills an empty store with the demonstration office, whose history of twelve weeks ends now, through the same services that
 * people use. Returns the administrator's log-in, or null when the store isn't empty and was left alone.
 */
export async function seedDemo(
  services: Services,
  clock: DemoClock,
  /** Young, it has the last fortnight only. */
  options: { isYoung?: boolean } = {},
): Promise<{ email: string; password: string } | null> {
  if (!(await services.setup.isNeeded())) return null
  const now = clock.now()
  try {
    clock.set(now - FOUNDED_BEFORE_MS)
    const office = await seedOffice(services)
    const past = options.isYoung ? [] : pastThreads(await daysBefore(services, now))
    await seedThreads(services, clock, office, [...past, ...threads], now)
    await seedRules(services, office)
  } finally {
    clock.release()
  }
  return { email: agents.ana.email, password: demoPassword }
}
