import { describe, expect, it, onTestFinished } from 'vitest'
import type { Threshold } from '../../server/dashboards/contract.ts'
import { aClock } from '../support/desk-clock.ts'
import { aDashboard, aTile, openTicket } from '../support/dashboard-office.ts'
import { startTestServer, type Client } from '../support/server.ts'
import { temporaryFolder } from '../support/store.ts'

const alarmAt = (limit: number, more: Partial<Threshold> = {}): Threshold => ({
  ...{ warnAt: null, alarmAt: limit, sound: false, alert: true },
  ...more,
})

async function anOffice() {
  const clock = aClock()
  const dataDir = await temporaryFolder()
  let server = await startTestServer({ clock, dataDir })
  onTestFinished(() => server.stop())
  const token = await server.setup()
  const office = {
    clock,
    api: () => server.client(token),
    /** Lets a second and a sign of life pass, and all that follows from them. */
    async settle(ms = 1_000) {
      clock.advance({ ms })
      // A push, the alert that it raises, and the push of that.
      for (let round = 0; round < 5; round++) {
        await new Promise(setImmediate)
        await server.services.schedule.settled()
      }
    },
    async restart() {
      await server.stop()
      server = await startTestServer({ clock, dataDir })
      await office.settle(0)
    },
  }
  await office.settle(0)
  return office
}

const limitAlerts = async (api: Client, state: 'open' | 'recent' = 'open') =>
  (await api.alerts.list.query({ scope: 'all', state })).items.filter(
    ({ reason }) => reason === 'dashboard.limit_reached',
  )

const solve = (api: Client, { id, version }: { id: string; version: number }) =>
  api.tickets.update.mutate({ ticketId: id, version, changes: { statusId: 'resolved' } })

describe('a limit of a shared dashboard', () => {
  it('calls once each time it is reached, though no screen shows it, and is settled when it no longer is', async () => {
    const { api, settle } = await anOffice()
    const tiles = [aTile({ threshold: alarmAt(2) })]
    await api().dashboards.create.mutate(aDashboard({ name: 'Operação', audience: 'everybody', tiles }))
    await openTicket(api())
    await settle()
    expect(await limitAlerts(api())).toEqual([])
    const second = await openTicket(api())
    await settle()
    expect(await limitAlerts(api())).toMatchObject([
      { severity: 'warning', data: { tile: 'waiting', value: 2, limit: 2, dashboard: 'Operação' } },
    ])
    const third = await openTicket(api())
    await settle()
    expect(await limitAlerts(api())).toHaveLength(1)
    await solve(api(), second)
    await solve(api(), third)
    await settle()
    expect(await limitAlerts(api())).toEqual([])
    expect(await limitAlerts(api(), 'recent')).toHaveLength(1)
  })

  it('that goes to and fro calls once a minute at most, and then does', async () => {
    const { api, settle } = await anOffice()
    await api().dashboards.create.mutate(
      aDashboard({ audience: 'supervisors', tiles: [aTile({ threshold: alarmAt(1) })] }),
    )
    const ticket = await openTicket(api())
    await settle()
    await solve(api(), ticket)
    await settle()
    await openTicket(api())
    await settle()
    expect(await limitAlerts(api())).toEqual([])
    await settle(60_000)
    expect(await limitAlerts(api())).toHaveLength(1)
  })

  it('calls though the clock was set back since it last did', async () => {
    const { api, clock, settle } = await anOffice()
    const tiles = [aTile({ threshold: alarmAt(1) })]
    await api().dashboards.create.mutate(aDashboard({ audience: 'supervisors', tiles }))
    const ticket = await openTicket(api())
    await settle()
    await solve(api(), ticket)
    await settle()
    clock.time -= 60 * 60_000
    await openTicket(api())
    await settle()
    expect(await limitAlerts(api())).toHaveLength(1)
  })

  it('is neither forgotten nor doubled by a restart, acknowledged or not', async () => {
    const { api, settle, restart } = await anOffice()
    await api().dashboards.create.mutate(
      aDashboard({ audience: 'everybody', tiles: [aTile({ threshold: alarmAt(1) })] }),
    )
    const ticket = await openTicket(api())
    await settle()
    await restart()
    await settle(120_000)
    const [alert, ...others] = await limitAlerts(api())
    expect(others).toEqual([])
    await api().alerts.acknowledge.mutate({ id: alert?.id ?? '' })
    await restart()
    await settle(120_000)
    expect(await limitAlerts(api())).toEqual([])
    await solve(api(), ticket)
    await settle()
    await openTicket(api())
    await settle(60_000)
    expect(await limitAlerts(api())).toHaveLength(1)
  })

  it('is reached by time alone', async () => {
    const { api, settle } = await anOffice()
    const tiles = [aTile({ kind: 'oldestWaiting', threshold: alarmAt(10) })]
    await api().dashboards.create.mutate(aDashboard({ audience: 'everybody', tiles }))
    await openTicket(api())
    await settle(9 * 60_000)
    expect(await limitAlerts(api())).toEqual([])
    await settle(60_000)
    await settle(15_000)
    expect(await limitAlerts(api())).toHaveLength(1)
  })

  it('of one’s own dashboard, or one that wants no alert, calls nobody; and what is removed is settled', async () => {
    const { api, settle } = await anOffice()
    const tiles = [aTile({ threshold: alarmAt(1) })]
    await api().dashboards.create.mutate(aDashboard({ tiles }))
    const silent = [aTile({ threshold: alarmAt(1, { alert: false }) })]
    await api().dashboards.create.mutate(aDashboard({ audience: 'everybody', tiles: silent }))
    const { id } = await api().dashboards.create.mutate(aDashboard({ audience: 'everybody', tiles }))
    await openTicket(api())
    await settle()
    expect(await limitAlerts(api())).toHaveLength(1)
    await api().dashboards.remove.mutate({ id })
    await settle()
    expect(await limitAlerts(api())).toEqual([])
  })
})
