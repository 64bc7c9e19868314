import type { Services } from '../app.ts'
import type { DemoClock } from './demo-clock.ts'
import { agents, demoPassword } from './office.ts'
import { seedRules } from './rules.ts'
import { seedOffice } from './seed-office.ts'
import { seedThreads } from './seed-threads.ts'
import { threads } from './threads/index.ts'

/** The office was founded this long before today's tickets. */
const FOUNDED_BEFORE_MS = 90 * 24 * 60 * 60 * 1_000

/**
 * Fills an empty store with the demonstration office, a fortnight of whose history ends now, through the same services that
 * people use. Returns the administrator's log-in, or null when the store isn't empty and was left alone.
 */
export async function seedDemo(
  services: Services,
  clock: DemoClock,
): Promise<{ email: string; password: string } | null> {
  if (!(await services.setup.isNeeded())) return null
  const now = clock.now()
  try {
    clock.set(now - FOUNDED_BEFORE_MS)
    const office = await seedOffice(services)
    await seedThreads(services, clock, office, threads, now)
    await seedRules(services, office)
  } finally {
    clock.release()
  }
  return { email: agents.ana.email, password: demoPassword }
}
