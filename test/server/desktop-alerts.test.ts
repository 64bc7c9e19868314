import { expect, test, vi } from 'vitest'
import type { NewAlert } from '../../server/alerts/raise-alert.ts'
import { startAlertOffice, type AlertOffice, type Person } from '../support/alert-office.ts'
import { anAlertRoom } from '../support/alert-room.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const missed = { severity: 'urgent', reason: 'sla.breached' } as const

type Room = Awaited<ReturnType<typeof anAlertRoom>>

async function roomOf({ server }: AlertOffice, { token }: Person): Promise<Room> {
  const room = await anAlertRoom({ serverUrl: server.url, token })
  await room.live()
  return room
}

const told = ({ everShown }: Room) => everShown.map(({ title }) => title)
const eventually = (check: () => unknown) => vi.waitFor(check, 10_000)

test('a notification that the system swallows is in our own window after ten seconds, and the desk hears why', async () => {
  await using office = await startAlertOffice()
  const room = await roomOf(office, office.bruno)
  room.system.shows = 'swallows'
  await office.raise(missed)
  await eventually(() => expect(room.everShown).toHaveLength(1))
  expect(room.own.isShown).toBe(false)

  room.clock.leap(10_000)
  expect(room.own).toMatchObject({ isShown: true, cards: [{ severity: 'urgent' }] })
  await eventually(async () => {
    expect((await office.alertOf(office.bruno))?.recipients[0]?.showings).toMatchObject([
      { screen: 'CAIXA-01', way: 'notification', reason: 'timeout' },
      { screen: 'CAIXA-01', way: 'window', reason: null },
    ])
    expect(await office.ana.api.screens.list.query()).toMatchObject([
      { name: 'CAIXA-01', blocked: 'timeout' },
    ])
  })
})

test('a computer that showed nothing counts as blocked until it shows something again', async () => {
  await using office = await startAlertOffice()
  const room = await roomOf(office, office.bruno)
  const blocked = async () => (await office.ana.api.screens.list.query())[0]?.blocked
  room.system.shows = 'swallows'
  await office.raise({ severity: 'info' })
  await eventually(() => expect(room.everShown).toHaveLength(1))
  room.clock.leap(10_000)
  await eventually(async () => expect(await blocked()).toBe('timeout'))

  // The system goes on saying that all is well.
  room.clock.leap(6 * MINUTE)
  await office.raise({ key: 'sla:2', severity: 'info' })
  await eventually(() => expect(room.everShown).toHaveLength(2))
  expect(room.alerts.state().blocked).toBe('timeout')

  room.system.shows = 'shows'
  await office.raise({ key: 'sla:3', severity: 'info' })
  await eventually(async () => expect(await blocked()).toBeNull())
})

test('over a restart of the server no alert is lost and none is told twice', async () => {
  await using first = await startTestServer()
  const token = await first.setup()
  const { agent } = await first.client(token).auth.me.query()
  const raise = ({ services }: TestServer, key: string) =>
    services.store.write((tx) => services.alerts.raise(tx, aReminder(key, agent.id, Date.now())))
  const room = await anAlertRoom({ serverUrl: first.url, token })
  await room.live()
  await raise(first, 'before')
  await eventually(() => expect(told(room)).toHaveLength(1))

  await first.stop()
  await using second = await startTestServer({
    dataDir: first.dataDir,
    port: Number(new URL(first.url).port),
  })
  await raise(second, 'while nobody listened')
  room.office.nudge()
  await room.live()
  await raise(second, 'after')
  await eventually(() => expect(told(room)).toHaveLength(3))
  expect(told(room)).toEqual(['Lembrete: before', 'Lembrete: while nobody listened', 'Lembrete: after'])
})

test('after eight hours asleep, what came meanwhile is told once, together; what a colleague dealt with is gone', async () => {
  await using office = await startAlertOffice()
  const room = await roomOf(office, office.bruno)
  await office.raise(missed)
  await eventually(() => expect(room.shown()).toHaveLength(1))
  const known = await office.alertOf(office.bruno)

  room.unplug()
  office.server.destroyConnections()
  await office.ana.api.alerts.acknowledge.mutate({ id: known?.id ?? '' })
  for (let n = 0; n < 5; n += 1) await office.raise({ ...missed, key: `night:${n}` })
  room.plugIn()
  room.clock.leap(8 * HOUR)
  room.wakeUp()

  await room.live()
  await eventually(() => expect(room.everShown).toHaveLength(2))
  expect(room.shown()).toMatchObject([
    { id: 'many', title: '5 alertas chegaram enquanto este computador não podia avisar' },
  ])
  expect(room.own.sounds).toBe(2)
})

test('what the person does while the server is away falls silent here, and reaches it when it is back', async () => {
  await using office = await startAlertOffice()
  const room = await roomOf(office, office.bruno)
  await office.raise(missed)
  // Nothing else is on its way that would take it along.
  await eventually(async () =>
    expect((await office.alertOf(office.bruno))?.recipients[0]?.showings).toHaveLength(1),
  )
  room.unplug()
  office.server.destroyConnections()
  await eventually(() => expect(room.link()).toBe('offline'))

  room.press(room.shown()[0]?.id ?? '', 'acknowledge')
  expect(room.shown()).toEqual([])
  expect(await office.alertOf(office.bruno)).toBeDefined()
  room.plugIn()
  room.office.nudge()
  await room.live()
  await eventually(async () => expect(await office.alertOf(office.bruno)).toBeUndefined())
  expect(room.everShown).toHaveLength(1)
})

function aReminder(text: string, agentId: string, now: number): NewAlert {
  return {
    key: `reminder:${text}`,
    ticket: null,
    severity: 'warning',
    reason: 'reminder.due',
    data: { text },
    lateMs: null,
    notify: [agentId],
    tellAt: now,
  }
}
