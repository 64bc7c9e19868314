import type { People } from '../access/people.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import { findAlertByKey } from '../alerts/alert-rows.ts'
import type { Clock } from '../clock.ts'
import type { Tx } from '../store/store.ts'
import { teamsWithNobody } from './queue-rows.ts'

export interface NobodyDeps {
  alerts: Pick<Alerts, 'raise' | 'settle'>
  people: Pick<People, 'current'>
  clock: Clock
}

const EVERYBODY = 'all'
const keyOf = (team: string) => `routing.nobody:${team}`

/** Supervisors are told once for each team that has tickets and nobody on duty for them, until somebody is. */
export async function tellOfNobody(tx: Tx, { alerts, people, clock }: NobodyDeps): Promise<void> {
  const { teams } = await people.current()
  const lacking = new Set((await teamsWithNobody(tx.db)).map((id) => id ?? EVERYBODY))
  const idle = [EVERYBODY, ...teams.keys()].filter((id) => !lacking.has(id))
  await alerts.settle(tx, idle.map(keyOf), { type: 'system' })
  for (const team of lacking) {
    const key = keyOf(team)
    if (await findAlertByKey(tx.db, key)) continue
    await alerts.raise(tx, {
      ...{ key, ticket: null, severity: 'warning', reason: 'routing.nobody', lateMs: null },
      data: { teamId: team === EVERYBODY ? null : team, team: teams.get(team)?.name ?? null },
      notify: ['supervisors'],
      tellAt: clock.now(),
    })
  }
}
