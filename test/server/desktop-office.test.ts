import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startAlertOffice, type AlertOffice, type Person } from '../support/alert-office.ts'
import { anAlertRoom } from '../support/alert-room.ts'
import { PASSWORD } from '../support/server.ts'

const missed = { severity: 'urgent', reason: 'sla.breached' } as const

async function roomOf({ server }: AlertOffice, { token }: Person) {
  const room = await anAlertRoom({ serverUrl: server.url, token })
  await room.live()
  return room
}

test('it knows who is signed in, how they are, and what calls them; it is live only once it does', async () => {
  await using office = await startAlertOffice()
  await office.raise(missed)
  const room = await roomOf(office, office.bruno)

  expect(room.office.state()).toMatchObject({
    me: { id: office.bruno.id, name: 'Bruno' },
    presence: 'available',
    alerts: [{ reason: 'sla.breached' }],
    offlineSince: null,
  })
  expect([...new Set(room.states.map(({ link }) => link))]).toEqual(['connecting', 'live'])
  expect(room.serverNews()).toBe(1)
})

test('a cut is told, its beginning kept, and what was missed is known before it is over', async () => {
  await using office = await startAlertOffice()
  const room = await roomOf(office, office.bruno)
  room.unplug()
  office.server.destroyConnections()
  await vi.waitFor(() => expect(room.link()).toBe('offline'), 15_000)
  const { offlineSince } = room.office.state()
  expect(offlineSince).toBeLessThanOrEqual(room.clock.now())

  await office.raise(missed)
  expect(room.office.state().alerts).toEqual([])
  room.states.length = 0
  // The last event is in long before the answer to what is asked because of it.
  room.slowDown(500)
  room.plugIn()
  room.office.nudge()
  await room.live()
  expect(room.states.find(({ link }) => link === 'live')).toMatchObject({
    alerts: [{ reason: 'sla.breached' }],
    offlineSince: null,
  })
  expect(room.serverNews()).toBe(2)
})

test('what a phone tells during a cut goes out when the server is back, as one call of the time that it had', async () => {
  await using office = await startAlertOffice()
  const room = await roomOf(office, office.bruno)
  const calls = async () => (await office.bruno.api.calls.list.query({})).items
  room.unplug()
  office.server.destroyConnections()
  await vi.waitFor(() => expect(room.link()).toBe('offline'), 15_000)
  const rangAt = office.clock.now() - 2 * 60 * 60_000
  const tell = (event: 'incoming' | 'answered' | 'ended', after: number) =>
    room.reportCall({ event, number: '11 98765-4321', at: rangAt + after })
  expect([tell('incoming', 0), tell('answered', 8_000), tell('ended', 95_000)]).toEqual([true, true, true])
  expect(await calls()).toEqual([])

  room.plugIn()
  room.office.nudge()
  await vi.waitFor(async () => {
    expect(await calls()).toMatchObject([
      {
        ...{ state: 'ended', agent: { name: 'Bruno' }, isEndAssumed: false },
        startedAt: new Date(rangAt).toISOString(),
        answeredAt: new Date(rangAt + 8_000).toISOString(),
        endedAt: new Date(rangAt + 95_000).toISOString(),
      },
    ])
  }, 15_000)

  await room.signIn(null)
  expect(tell('incoming', 0)).toBe(false)
})

test('a session that has ended elsewhere leaves nobody here, until somebody logs in', async () => {
  await using office = await startAlertOffice()
  const room = await roomOf(office, office.bruno)
  await office.bruno.api.auth.logout.mutate()
  await vi.waitFor(() => expect(room.link()).toBe('signedOut'), 15_000)
  expect(room.office.state()).toMatchObject({ me: null, alerts: null, presence: null })
  expect(room.office.transport()).toBeNull()
  expect(room.signedOut()).toBe(1)

  const account = { email: 'carla@ipe.example', password: PASSWORD }
  await room.signIn((await office.server.client().auth.login.mutate(account)).token)
  await room.live()
  expect(room.office.state().me?.name).toBe('Carla')
  room.stop()
  expect(room.signedOut()).toBe(1)
})

test('a server that has another address is the same one: nobody is signed out, and no alert is told anew', async () => {
  await using office = await startAlertOffice()
  await office.raise(missed)
  const room = await roomOf(office, office.bruno)
  await vi.waitFor(() => expect(room.everShown).toHaveLength(1), 15_000)

  room.states.length = 0
  await room.serverMoves(office.server.url.replace('127.0.0.1', 'localhost'))
  await room.live()
  expect(room.states.map(({ link }) => link)).not.toContain('signedOut')
  expect(room.signedOut()).toBe(0)
  await office.raise({ ...missed, key: 'sla:2', ticket: null, notify: [office.bruno.id] })
  await vi.waitFor(() => expect(room.everShown).toHaveLength(2), 15_000)
  expect(new Set(room.everShown.map(({ id }) => id)).size).toBe(2)
})

test('where this computer’s clock is hours behind, the server’s counts', async () => {
  await using office = await startAlertOffice()
  const room = await anAlertRoom({ serverUrl: office.server.url, token: office.bruno.token })
  room.setBack(3 * 60 * 60_000)
  await room.live()
  expect(Math.round((room.office.now() - room.clock.now()) / 60_000)).toBe(180)
})

describe('on an ordinary day', () => {
  let office: AlertOffice
  beforeAll(async () => void (office = await startAlertOffice()))
  afterAll(() => office[Symbol.asyncDispose]())

  test('a keychain that answers late does not bring back who has left meanwhile', async () => {
    const room = await anAlertRoom({ serverUrl: office.server.url, token: null })
    const slow = Promise.withResolvers<string>()
    room.session.read = () => slow.promise
    const late = room.office.reconsider()
    await room.signIn(null)
    slow.resolve(office.bruno.token)
    await late
    expect(room.link()).toBe('signedOut')
  })

  test('a presence that the server never heard is not shown as if it had', async () => {
    const room = await roomOf(office, office.bruno)
    room.unplug()
    await room.office.setPresence('busy')
    expect(room.office.state().presence).toBe('available')
    expect(room.log).toEqual([expect.stringContaining('the presence could not be set')])
  })

  test('what the person says of themself here is known everywhere; what they say elsewhere is known here', async () => {
    const room = await roomOf(office, office.bruno)
    await room.office.setPresence('busy')
    const { items } = await office.ana.api.presence.list.query()
    expect(items.find(({ agentId }) => agentId === office.bruno.id)?.state).toBe('busy')

    await office.bruno.api.presence.set.mutate({ state: 'away' })
    await vi.waitFor(() => expect(room.office.state().presence).toBe('away'), 15_000)
  })

  test('after a sleep even a link that looks alive is made anew', async () => {
    const room = await roomOf(office, office.bruno)
    room.wakeUp()
    expect(room.link()).toBe('connecting')
    await room.live()
  })

  test('what the person chose on another screen holds here at once', async () => {
    const room = await roomOf(office, office.bruno)
    const wanted = { cells: { promiseWarning: { mine: [] } }, quiet: null }
    await office.bruno.api.alerts.setPreferences.mutate(wanted)
    await vi.waitFor(() => expect(room.office.state().preferences).toEqual(wanted), 15_000)
  })
})
