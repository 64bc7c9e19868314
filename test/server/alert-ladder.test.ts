import { describe, expect, it } from 'vitest'
import { newId } from '../../server/ids.ts'
import { startAlertOffice, type AlertOffice, type Person } from '../support/alert-office.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const urgent = { severity: 'urgent', reason: 'rule.raised' } as const

/** The words of the ladder, in order: whom each told, at which rung and why. */
async function climbs({ services }: Pick<TestServer, 'services'>) {
  const rows = await services.store.read.sql<{ data: string }[]>`
    SELECT data FROM event WHERE type = 'alert.escalated' ORDER BY seq`
  const { agents } = await services.people.current()
  return rows.map(({ data }) => {
    const { rung, because, level, recipients } = JSON.parse(data) as Record<string, unknown>
    const names = (recipients as string[]).map((id) => agents.get(id)?.name.split(' ')[0]).toSorted()
    return { rung, because, level, told: names.join(' ') }
  })
}

/** People sit at their screens; whoever isn't named has gone home. */
async function withAtWork(office: AlertOffice, ...people: Person[]): Promise<void> {
  for (const person of people) await office.listen(person)
  await office.pass({ minutes: 10 })
}

const idOf = async (office: AlertOffice, person: Person) => (await office.alertOf(person))?.id ?? ''

describe('an urgent alert that nobody acknowledges', () => {
  it('climbs from its person to the team after five minutes and to the supervisors after fifteen, once each', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla, silvia } = office
    await withAtWork(office, bruno, carla, silvia)
    await office.raise(urgent)
    await office.pass({ minutes: 4, ms: 59_999 })
    expect(await climbs(office.server)).toEqual([])
    await office.pass({ ms: 1 })
    const team = { rung: 'team', because: 'unacknowledged', level: 2, told: 'Bruno Carla' }
    expect(await climbs(office.server)).toEqual([team])
    expect(await office.alertOf(carla)).toMatchObject({ state: 'escalated', level: 2 })
    await office.pass({ minutes: 9, ms: 59_999 })
    expect(await climbs(office.server)).toEqual([team])
    for (const minutes of [1, 60, 600]) await office.pass({ minutes })
    const above = { rung: 'supervisors', because: 'unacknowledged', level: 3, told: 'Ana Bruno Carla Silvia' }
    expect(await climbs(office.server)).toEqual([team, above])
  })

  it('stops with whoever acknowledges, and an alert that is not urgent never climbs', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla } = office
    await withAtWork(office, bruno, carla)
    await office.raise(urgent)
    await office.pass({ minutes: 5 })
    await carla.api.alerts.acknowledge.mutate({ id: await idOf(office, carla) })
    await office.raise({ key: 'calm' })
    await office.pass({ minutes: 60 })
    expect(await climbs(office.server)).toHaveLength(1)
  })

  it('that its person put off climbs all the same, and leaves that person alone until their time is over', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla } = office
    await withAtWork(office, bruno, carla)
    await office.raise(urgent)
    const id = await idOf(office, bruno)
    await bruno.api.alerts.snooze.mutate({ id, minutes: 30 })
    await office.pass({ minutes: 5 })
    expect(await climbs(office.server)).toMatchObject([{ rung: 'team', told: 'Carla' }])
    await office.pass({ minutes: 10 })
    expect(await climbs(office.server)).toMatchObject([{}, { rung: 'supervisors', told: 'Ana Carla Silvia' }])
    const until = (await office.alertOf(bruno))?.recipients.find(({ agentId }) => agentId === bruno.id)
    expect(until?.snoozedUntil).not.toBeNull()
    const listener = await office.listen(bruno)
    await office.pass({ minutes: 15 })
    expect(await listener.heard()).toMatchObject([{ type: 'alert.raised', data: { again: true } }])
  })

  it('whose person has gone home goes on to the team after a minute', async () => {
    await using office = await startAlertOffice()
    await withAtWork(office, office.carla)
    await office.raise(urgent)
    await office.pass({ minutes: 1 })
    expect(await climbs(office.server)).toEqual([
      { rung: 'team', because: 'unreached', level: 2, told: 'Bruno Carla' },
    ])
  })

  it('whose person’s only computer is blocked goes on after a minute, and when one way shows it waits', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla } = office
    await withAtWork(office, bruno, carla)
    const report = async (alertId: string, ways: Record<string, 'os_dnd' | null>) => {
      const at = new Date(office.clock.now()).toISOString()
      await bruno.api.alerts.shown.mutate({
        screen: { id: newId(), name: 'PC-07', platform: 'windows', version: '1' },
        showings: Object.entries(ways).map(([way, reason]) => ({
          ...{ alertId, way: way as 'notification', reason, at },
        })),
        blocked: 'os_dnd',
      })
    }
    await office.raise(urgent)
    const id = await idOf(office, bruno)
    await office.pass({ minutes: 2 })
    await report(id, { notification: 'os_dnd' })
    await office.server.services.schedule.settled()
    expect(await climbs(office.server)).toMatchObject([{ rung: 'team', because: 'unreached' }])
    await bruno.api.alerts.acknowledge.mutate({ id })
    await office.raise({ ...urgent, key: 'another' })
    await report(await idOf(office, bruno), { notification: 'os_dnd', window: null })
    await office.pass({ minutes: 4 })
    expect(await climbs(office.server)).toHaveLength(1)
  })

  it('climbs late and once when the server was off, and not again after the next restart', async () => {
    await using office = await startAlertOffice()
    await withAtWork(office, office.bruno, office.carla)
    await office.raise(urgent)
    await office.server.stop()
    const { clock } = office
    clock.advance({ minutes: 90 })
    for (let start = 1; start <= 2; start += 1) {
      const again = await startTestServer({ clock, dataDir: office.server.dataDir })
      await again.services.schedule.settled()
      expect(await climbs(again)).toMatchObject([
        { rung: 'supervisors', level: 2, told: 'Ana Bruno Carla Silvia' },
      ])
      await again.stop()
      clock.advance({ minutes: 90 })
    }
  })

  it('whose source climbs by itself is left to it', async () => {
    await using office = await startAlertOffice()
    await office.raise({ ...urgent, ladder: [] })
    await office.pass({ minutes: 90 })
    expect(await climbs(office.server)).toEqual([])
  })

  it('held until opening time begins to climb when it is told', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla } = office
    await withAtWork(office, bruno, carla)
    await office.raise({ ...urgent, tellAt: office.clock.now() + 60 * 60_000 })
    await office.pass({ minutes: 60 })
    await office.pass({ minutes: 4 })
    expect(await climbs(office.server)).toEqual([])
    await office.pass({ minutes: 1 })
    expect(await climbs(office.server)).toMatchObject([{ rung: 'team' }])
  })
})

describe('the minutes of the ladder', () => {
  it('are five and fifteen until the office says otherwise, and what it says holds for alerts that are open', async () => {
    await using office = await startAlertOffice()
    const { silvia, bruno, carla } = office
    await withAtWork(office, bruno, carla)
    expect(await silvia.api.alerts.ladder.query()).toEqual({ teamMinutes: 5, supervisorMinutes: 15 })
    const off = { teamMinutes: null, supervisorMinutes: null }
    expect(await silvia.api.alerts.updateLadder.mutate(off)).toEqual(off)
    await office.raise(urgent)
    await office.pass({ minutes: 90 })
    expect(await climbs(office.server)).toEqual([])
    await silvia.api.alerts.updateLadder.mutate({ teamMinutes: 60, supervisorMinutes: 120 })
    await office.server.services.schedule.settled()
    expect(await climbs(office.server)).toMatchObject([{ rung: 'team' }])
    await office.pass({ minutes: 30 })
    expect(await climbs(office.server)).toMatchObject([{ rung: 'team' }, { rung: 'supervisors' }])
  })

  it('tell the team before the supervisors', async () => {
    await using office = await startAlertOffice()
    const wrong = office.silvia.api.alerts.updateLadder.mutate({ teamMinutes: 15, supervisorMinutes: 15 })
    expect(await refusal(wrong)).toMatchObject({
      httpStatus: 400,
      fieldErrors: { supervisorMinutes: ['alert.ladder_order'] },
    })
  })
})
