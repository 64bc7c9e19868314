import { describe, expect, it } from 'vitest'
import { keepHouse } from '../../server/housekeeping.ts'
import { newId } from '../../server/ids.ts'
import { startAlertOffice, type AlertOffice, type Person } from '../support/alert-office.ts'
import { refusal } from '../support/refusal.ts'

type Report = Parameters<Person['api']['alerts']['shown']['mutate']>[0]
type Showing = Report['showings'][number]

const PC = { id: newId(), name: 'PC-07', platform: 'windows', version: '1.4.0' } as const
const aReport = (showings: Showing[] = [], parts: Partial<Report> = {}): Report => ({
  screen: PC,
  showings,
  blocked: null,
  ...parts,
})
const at = (office: AlertOffice) => new Date(office.clock.now()).toISOString()
const idOf = async (office: AlertOffice, person: Person) => (await office.alertOf(person))?.id ?? ''
const showing = (office: AlertOffice, alertId: string, reason: Showing['reason'] = null): Showing => ({
  ...{ alertId, reason, way: 'notification', at: at(office) },
})
const urgent = { severity: 'urgent', reason: 'sla.breached' } as const

describe('what somebody wants to be told', () => {
  it('is the defaults until they choose, and from then on what they chose, on each of their screens', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla } = office
    expect(await bruno.api.alerts.preferences.query()).toEqual({ cells: {}, quiet: null })
    const chosen = {
      cells: { customerMessage: { team: ['notification' as const] }, promiseWarning: { mine: [] } },
      quiet: { days: [1, 2, 3, 4, 5], from: '22:00', to: '07:00' },
    }
    expect(await bruno.api.alerts.setPreferences.mutate(chosen)).toEqual(chosen)
    expect(await bruno.api.alerts.preferences.query()).toEqual(chosen)
    expect(await carla.api.alerts.preferences.query()).toEqual({ cells: {}, quiet: null })
    const back = { cells: {}, quiet: null }
    await bruno.api.alerts.setPreferences.mutate(back)
    expect(await bruno.api.alerts.preferences.query()).toEqual(back)
  })

  it('can’t be of something that never happens', async () => {
    await using office = await startAlertOffice()
    const wrong = office.bruno.api.alerts.setPreferences.mutate({
      cells: { reminder: { all: ['sound'] } },
      quiet: null,
    })
    expect(await refusal(wrong)).toMatchObject({ httpStatus: 400, reason: 'alert.no_such_cell' })
    expect(await office.bruno.api.alerts.preferences.query()).toEqual({ cells: {}, quiet: null })
  })

  it('is told to nobody else, not even to those who oversee the desk', async () => {
    await using office = await startAlertOffice()
    const { bruno, silvia } = office
    const [atBruno, atSilvia] = [await office.listen(bruno), await office.listen(silvia)]
    await bruno.api.alerts.setPreferences.mutate({
      cells: { rule: { mine: ['sound', 'sound'] } },
      quiet: null,
    })
    expect(await atBruno.heard()).toMatchObject([
      {
        type: 'alert.preferences_changed',
        actor: { id: bruno.id },
        data: { cells: { rule: { mine: ['sound'] } }, quiet: null },
      },
    ])
    expect(await atSilvia.heard()).toEqual([])
  })
})

describe('a computer that shows alerts', () => {
  it('is known from its first report, with what it could show in the last seven days and what it could not', async () => {
    await using office = await startAlertOffice()
    const { bruno, silvia, ana } = office
    await office.raise()
    const id = await idOf(office, bruno)
    await bruno.api.alerts.shown.mutate(aReport([showing(office, id)]))
    await office.raise({ key: 'another' })
    const { items } = await bruno.api.alerts.list.query({})
    const other = items.find((alert) => alert.id !== id)?.id ?? ''
    await office.pass({ minutes: 2 })
    const withheld = [showing(office, other, 'os_dnd'), showing(office, id, 'window_focused_on_ticket')]
    await bruno.api.alerts.shown.mutate(aReport(withheld))
    expect(await silvia.api.screens.list.query()).toEqual([
      {
        ...PC,
        agent: { id: bruno.id, name: 'Bruno' },
        lastSeenAt: '2026-03-09T12:02:00.000Z',
        ...{ blocked: null, blockedSince: null, shown: 1, notShown: 1 },
      },
    ])
    await office.pass({ days: 8 })
    expect(await silvia.api.screens.list.query()).toMatchObject([{ shown: 0, notShown: 0 }])
    expect(await refusal(bruno.api.screens.list.query())).toMatchObject({ reason: 'auth.forbidden' })
    await ana.api.agents.deactivate.mutate({ id: bruno.id })
    expect(await silvia.api.screens.list.query()).toEqual([])
  })

  it('that shows an alert delivers it, and the list of alerts says on which computer and which way', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla } = office
    await office.raise({ notify: ['team'] })
    const id = await idOf(office, bruno)
    await bruno.api.alerts.shown.mutate(
      aReport([showing(office, id, 'permission_denied'), { ...showing(office, id), way: 'window' }]),
    )
    const alert = await office.alertOf(carla)
    expect(alert).toMatchObject({ state: 'delivered' })
    const parts = Object.fromEntries(alert?.recipients.map((part) => [part.name, part]) ?? [])
    expect(parts['Bruno']).toMatchObject({
      deliveredAt: at(office),
      showings: [
        { screen: 'PC-07', way: 'notification', reason: 'permission_denied', at: at(office) },
        { screen: 'PC-07', way: 'window', reason: null, at: at(office) },
      ],
    })
    expect(parts['Carla']).toMatchObject({ deliveredAt: null, showings: [] })
  })

  it('that says the same again, late or out of order changes nothing: what was shown stays shown', async () => {
    await using office = await startAlertOffice()
    const { bruno } = office
    await office.raise()
    const id = await idOf(office, bruno)
    const early = showing(office, id, 'timeout')
    await office.pass({ minutes: 1 })
    const shown = showing(office, id)
    await bruno.api.alerts.shown.mutate(aReport([shown]))
    await office.pass({ minutes: 1 })
    for (const again of [shown, early, showing(office, id, 'os_dnd')])
      await bruno.api.alerts.shown.mutate(aReport([again]))
    const [part] = (await office.alertOf(bruno))?.recipients ?? []
    expect(part?.showings).toEqual([{ screen: 'PC-07', way: 'notification', reason: null, at: shown.at }])
  })

  it('tells nothing of alerts that its person was not told of', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla, davi } = office
    await office.raise(urgent)
    const id = await idOf(office, bruno)
    const listener = await office.listen(bruno)
    for (const { api } of [carla, davi])
      await api.alerts.shown.mutate(
        aReport([showing(office, id, 'os_dnd'), showing(office, newId()), showing(office, id)]),
      )
    expect((await office.alertOf(bruno))?.recipients).toMatchObject([{ deliveredAt: null, showings: [] }])
    expect(await listener.heard()).toEqual([])
  })

  it('that becomes blocked or free is told once to those who oversee the desk and to nobody else', async () => {
    await using office = await startAlertOffice()
    const { bruno, silvia, carla } = office
    const [atSilvia, atCarla] = [
      await office.listen(silvia, ['screen.']),
      await office.listen(carla, ['screen.']),
    ]
    // What a person chose is no hindrance.
    await bruno.api.alerts.shown.mutate(aReport([], { blocked: 'quiet_hours' }))
    await bruno.api.alerts.shown.mutate(aReport([], { blocked: 'os_dnd' }))
    const since = at(office)
    await office.pass({ minutes: 3 })
    await bruno.api.alerts.shown.mutate(aReport([], { blocked: 'os_dnd' }))
    await bruno.api.alerts.shown.mutate(aReport([], { blocked: 'permission_denied' }))
    expect(await silvia.api.screens.list.query()).toMatchObject([
      { blocked: 'permission_denied', blockedSince: since },
    ])
    await bruno.api.alerts.shown.mutate(aReport())
    expect(await silvia.api.screens.list.query()).toMatchObject([{ blocked: null, blockedSince: null }])
    const said = { screenId: PC.id, name: 'PC-07', agent: { id: bruno.id, name: 'Bruno' } }
    expect(await atSilvia.heard()).toMatchObject([
      { type: 'screen.blocked', data: { ...said, reason: 'os_dnd' } },
      { type: 'screen.blocked', data: { ...said, reason: 'permission_denied' } },
      { type: 'screen.cleared', data: { ...said, reason: 'permission_denied' } },
    ])
    expect(await atCarla.heard()).toEqual([])
  })

  it('that can’t show an urgent alert in any way says so at once to those who were told and to supervisors', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla, davi, silvia } = office
    await office.raise({ ...urgent, notify: ['team'] })
    const id = await idOf(office, bruno)
    const listeners = [carla, silvia, davi].map((person) => office.listen(person))
    const [atCarla, atSilvia, atDavi] = await Promise.all(listeners)
    const blocked = aReport([showing(office, id, 'os_dnd')])
    await bruno.api.alerts.shown.mutate(blocked)
    await bruno.api.alerts.shown.mutate(blocked)
    for (const listener of [atCarla, atSilvia])
      expect(await listener?.heard()).toMatchObject([
        {
          type: 'alert.not_shown',
          data: { alertId: id, screenId: PC.id, screen: 'PC-07', agentId: bruno.id, reason: 'os_dnd' },
        },
      ])
    expect(await atDavi?.heard()).toEqual([])
  })

  it('says nothing when another way showed it, when a person wished it away, or when it is no longer urgent', async () => {
    await using office = await startAlertOffice()
    const { bruno, silvia } = office
    await office.raise(urgent)
    const id = await idOf(office, bruno)
    const listener = await office.listen(silvia)
    await bruno.api.alerts.shown.mutate(
      aReport([{ ...showing(office, id), way: 'window' }, showing(office, id, 'os_dnd')]),
    )
    const elsewhere = { screen: { ...PC, id: newId(), name: 'PC-09' } }
    await bruno.api.alerts.shown.mutate(aReport([showing(office, id, 'window_focused_on_ticket')], elsewhere))
    await bruno.api.alerts.acknowledge.mutate({ id })
    await bruno.api.alerts.shown.mutate(aReport([showing(office, id, 'failed')], elsewhere))
    const types = (await listener.heard()).map(({ type }) => type)
    expect(types).toEqual(['alert.delivered', 'alert.acknowledged'])
  })

  it('unseen for thirty days is forgotten, but not what it showed', async () => {
    await using office = await startAlertOffice()
    const { bruno, silvia } = office
    await office.raise()
    const id = await idOf(office, bruno)
    await bruno.api.alerts.shown.mutate(aReport([showing(office, id)]))
    await office.pass({ days: 29 })
    await keepHouse(office.server.services)
    expect(await silvia.api.screens.list.query()).toHaveLength(1)
    await office.pass({ days: 2 })
    await keepHouse(office.server.services)
    expect(await silvia.api.screens.list.query()).toEqual([])
    const { items } = await silvia.api.alerts.list.query({ scope: 'all' })
    expect(items[0]?.recipients[0]?.showings).toMatchObject([{ screen: 'PC-07', reason: null }])
    await silvia.api.alerts.acknowledge.mutate({ id })
    await office.pass({ days: 181 })
    await keepHouse(office.server.services)
    const { read } = office.server.services.store
    expect(await read.sql<unknown[]>`SELECT 1 FROM alert_showing`).toEqual([])
  })
})
