import { describe, expect, test } from 'vitest'
import { anAlertDesk } from './alert-desk.ts'
import { aCustomersMessage, anAlert, RAISED, TICKET } from './alert-support.ts'

const ID = anAlert().id
const NOTE = `ticket:${TICKET}`
const MINUTE = 60_000
const uuid = (n: number) => `0197a000-0000-7000-8000-00000000${String(1000 + n)}`
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => anAlert({ id: uuid(n), ticketId: uuid(500 + n) }))
const acknowledged = (alert = anAlert()) => ({ ...alert, acknowledgedAt: new Date(RAISED).toISOString() })
const snoozedUntil = (at: number) => {
  const alert = anAlert()
  return {
    ...alert,
    recipients: alert.recipients.map((part) => ({ ...part, snoozedUntil: new Date(at).toISOString() })),
  }
}

describe('an urgent alert', () => {
  test('is shown by the system with its buttons, heard, counted, and reported as shown', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])

    expect(desk.shown()).toMatchObject([
      { id: NOTE, group: NOTE, urgency: 'critical', isSticky: true, isSilent: true },
    ])
    expect(desk.shown()[0]?.actions.map(({ id }) => id)).toEqual(['open', 'acknowledge', 'snooze'])
    expect(desk.own.sounds).toEqual(['siren'])
    expect(desk.badge()).toMatchObject({ count: 1, overlay: { icon: 'urgent' } })
    expect(desk.reported).toEqual([{ alertId: ID, way: 'notification', reason: null }])
  })

  test('that the system swallows comes in a window of our own within ten seconds, and the server hears why', async () => {
    const desk = anAlertDesk()
    desk.system.shows = 'swallows'
    await desk.knows([anAlert()])
    expect(desk.own.isShown).toBe(false)

    await desk.clock.advance(10_000)
    expect(desk.own).toMatchObject({ isShown: true, cards: [{ id: ID }] })
    expect(desk.reported).toEqual([
      { alertId: ID, way: 'notification', reason: 'timeout' },
      { alertId: ID, way: 'window', reason: null },
    ])
    expect(desk.blocked.at(-1)).toBe('timeout')
  })

  test('is before a person within ten seconds also where the system takes its time to say how it is', async () => {
    const desk = anAlertDesk()
    desk.system.shows = 'swallows'
    desk.system.answers = new Promise((resolve) => desk.clock.after(2_000, resolve))
    await desk.knows([anAlert()])
    await desk.clock.advance(10_000)
    expect(desk.own).toMatchObject({ isShown: true, cards: [{ id: ID }] })
  })

  test('of a bundle that another bundle replaced is in our window all the same when the system swallows both', async () => {
    const desk = anAlertDesk()
    desk.system.shows = 'swallows'
    const [first, both] = [many(4), many(8)]
    await desk.knows(first)
    await desk.clock.advance(2_000)
    await desk.knows(both)
    await desk.clock.advance(10_000)
    expect(desk.own.cards).toHaveLength(8)
    const unseen = desk.reported.filter(({ way, reason }) => way === 'notification' && reason === 'timeout')
    expect(new Set(unseen.map(({ alertId }) => alertId)).size).toBe(8)
  })

  test('calls every minute though the clock is set back by hours meanwhile', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])
    desk.clock.set(-3 * 60 * MINUTE)
    await desk.clock.advance(2 * MINUTE)
    expect(desk.own.sounds).toHaveLength(3)
    expect(desk.own.cards).toMatchObject([{ id: ID, calls: 3 }])
  })

  test.each([
    ['0x80070005', 'permission_denied'],
    ['Notifications are disabled for this app', 'permission_denied'],
    ['0x8007000E out of memory', 'failed'],
  ] as const)('that the system fails with %s comes in our window at once: %s', async (words, reason) => {
    const desk = anAlertDesk()
    desk.system.shows = { fails: words }
    await desk.knows([anAlert()])

    expect(desk.own.isShown).toBe(true)
    expect(desk.reported[0]).toEqual({ alertId: ID, way: 'notification', reason })
  })

  test('that shares a swallowed notification with another of its ticket has its own word about it', async () => {
    const desk = anAlertDesk()
    desk.system.shows = 'swallows'
    const other = anAlert({ id: uuid(1), reason: 'rule.raised', data: { rule: 'VIP', text: 'Ligar' } })
    await desk.knows([anAlert(), other])
    await desk.clock.advance(10_000)

    expect(desk.own.cards.map(({ id }) => id).sort()).toEqual([ID, other.id].sort())
    const ofNotification = desk.reported.filter(({ way }) => way === 'notification')
    expect(ofNotification.map(({ alertId }) => alertId).sort()).toEqual([ID, other.id].sort())
  })

  test('leaves our window when this computer’s people want no such window', async () => {
    const desk = anAlertDesk()
    desk.system.attention = 'dnd'
    await desk.knows([anAlert()])
    desk.choose({ ownWindow: false })
    expect(desk.own).toMatchObject({ isShown: false, cards: [] })
  })

  test('is not called for from memory when the computer wakes up: first it hears what was done meanwhile', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])
    desk.clock.sleep(8 * 60 * MINUTE)
    await desk.clock.advance(0)
    expect(desk.everShown).toHaveLength(1)

    await desk.knows([anAlert()])
    await desk.clock.advance(MINUTE)
    expect(desk.everShown).toHaveLength(2)
  })

  test('comes in our window too where the system breaks on notifications', async () => {
    const desk = anAlertDesk()
    desk.system.shows = 'throws'
    await desk.knows([anAlert()])

    expect(desk.own).toMatchObject({ isShown: true, cards: [{ id: ID }] })
    expect(desk.reported[0]).toEqual({ alertId: ID, way: 'notification', reason: 'failed' })
  })

  test('is not even tried on a system that does not disturb', async () => {
    const desk = anAlertDesk()
    desk.system.attention = 'dnd'
    await desk.knows([anAlert()])

    expect(desk.everShown).toEqual([])
    expect(desk.own).toMatchObject({ isShown: true, sounds: ['siren'] })
    expect(desk.reported[0]).toEqual({ alertId: ID, way: 'notification', reason: 'os_dnd' })
  })

  test('calls again every minute, from the second on in our window too, until somebody has it in hand', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])
    await desk.clock.advance(3 * MINUTE)

    expect(desk.everShown).toHaveLength(4)
    expect(desk.own).toMatchObject({ isShown: true, cards: [{ id: ID, calls: 4 }] })
    await desk.knows([acknowledged()])
    await desk.clock.advance(5 * MINUTE)
    expect(desk.everShown).toHaveLength(4)
    expect(desk.own).toMatchObject({ isShown: false, cards: [] })
  })

  test('put away by hand is away until it calls again', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])
    await desk.clock.advance(MINUTE)
    desk.alerts.putWindowAway()
    await desk.knows([anAlert()])
    expect(desk.own.isShown).toBe(false)

    await desk.clock.advance(MINUTE)
    expect(desk.own.isShown).toBe(true)
  })

  test('flashes the main window that lies behind others, until nothing urgent calls', async () => {
    const desk = anAlertDesk({ hasMainWindow: true })
    await desk.knows([anAlert()])
    expect(desk.main.flashes).toBe(true)
    expect(desk.main.sounds).toEqual(['siren'])

    await desk.knows([acknowledged()])
    expect(desk.main.flashes).toBe(false)
  })
})

describe('in hand anywhere, quiet here', () => {
  test('acknowledged on another screen: notification, badge and window go', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])
    await desk.knows([acknowledged()])

    expect(desk.shown()).toEqual([])
    expect(desk.badge()).toMatchObject({ count: 0, overlay: null })
  })

  test('a button of the notification acts at once here, and the server hears of it', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])
    desk.press(NOTE, 'acknowledge')

    expect(desk.commands).toEqual([{ procedure: 'alerts.acknowledge', input: { id: ID } }])
    expect(desk.shown()).toEqual([])
    // The server's answer is still on its way.
    await desk.knows([anAlert()])
    expect(desk.everShown).toHaveLength(1)
  })

  test('put off, it is quiet until its time and then calls again', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])
    desk.press(NOTE, 'snooze')
    expect(desk.shown()).toEqual([])
    // The server's answer is still on its way.
    await desk.knows([anAlert()])
    expect(desk.everShown).toHaveLength(1)
    await desk.knows([snoozedUntil(desk.clock.now() + 15 * MINUTE)])
    await desk.clock.advance(14 * MINUTE)
    expect(desk.everShown).toHaveLength(1)

    await desk.clock.advance(MINUTE)
    expect(desk.shown()).toHaveLength(1)
  })

  test('put off on a computer whose clock is hours behind, it comes back when its time is over', async () => {
    const desk = anAlertDesk()
    const behind = 3 * 60 * MINUTE
    desk.isBehind(behind)
    await desk.knows([anAlert()])
    desk.press(NOTE, 'snooze')
    await desk.knows([snoozedUntil(desk.clock.now() + behind + 15 * MINUTE)])
    await desk.clock.advance(15 * MINUTE)
    expect(desk.shown()).toHaveLength(1)
  })

  test('a click opens the ticket and says that it was seen', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])
    desk.click(NOTE)

    expect(desk.opened).toEqual([`/ticket/${TICKET}`])
    expect(desk.commands).toEqual([{ procedure: 'alerts.seen', input: { ids: [ID] } }])
  })

  test('the notification of a ticket goes when the person comes to look at it', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert({ severity: 'warning' })])
    desk.looksAt(TICKET)
    expect(desk.shown()).toEqual([])
  })

  test('two alerts of one ticket share a notification, which stays while one of them calls', async () => {
    const desk = anAlertDesk()
    const other = anAlert({ id: uuid(1), reason: 'rule.raised', data: { rule: 'VIP', text: 'Ligar' } })
    await desk.knows([anAlert(), other])
    expect(desk.shown()).toHaveLength(1)

    await desk.knows([anAlert(), acknowledged(other)])
    expect(desk.shown()).toHaveLength(1)
    await desk.knows([acknowledged(), acknowledged(other)])
    expect(desk.shown()).toEqual([])
  })

  test('put off once and back, it is quiet as soon as the person has it in hand', async () => {
    const desk = anAlertDesk()
    const back = snoozedUntil(RAISED - MINUTE)
    await desk.knows([back])
    desk.press(NOTE, 'acknowledge')
    expect(desk.shown()).toEqual([])
    expect(desk.badge()).toMatchObject({ count: 0 })
  })

  test('several told together: their notification goes when the last of them is in hand', async () => {
    const desk = anAlertDesk()
    const told = many(4)
    await desk.knows(told)
    const other = anAlert({ id: uuid(9), ticketId: uuid(509), severity: 'info' })
    await desk.knows([...told, other])
    await desk.knows([...told.slice(1).map(acknowledged), told[0] ?? other, other])
    expect(desk.shown().map(({ id }) => id)).toContain('many')
    await desk.knows([...told.map(acknowledged), other])
    expect(desk.shown().map(({ id }) => id)).toEqual([`ticket:${uuid(509)}`])
  })

  test('the customer who writes meanwhile covers no alert of the same ticket', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])
    desk.alerts.tell(aCustomersMessage())
    await desk.clock.settle()
    expect(desk.shown().map(({ id }) => id)).toEqual([NOTE, `news:${TICKET}`])

    desk.looksAt(TICKET)
    expect(desk.shown()).toEqual([])
  })

  test('who signs out leaves nothing on the screen', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert()])
    await desk.clock.advance(MINUTE)
    await desk.signOut()

    expect(desk.shown()).toEqual([])
    expect(desk.own.isShown).toBe(false)
    await desk.clock.advance(10 * MINUTE)
    expect(desk.everShown).toHaveLength(2)
  })
})

describe('after a cut or a sleep', () => {
  test('a second bundle takes the place of the first and speaks of both', async () => {
    const desk = anAlertDesk()
    await desk.knows(many(4))
    await desk.knows(many(9))
    expect(desk.shown()).toMatchObject([{ id: 'many', title: '9 alertas esperam por você' }])
  })

  test('what came meanwhile comes once, as one notification that says so', async () => {
    const desk = anAlertDesk()
    await desk.knows([])
    await desk.knows([], 'offline')
    await desk.knows(many(5))

    expect(desk.shown()).toMatchObject([
      { id: 'many', title: '5 alertas chegaram enquanto este computador não podia avisar' },
    ])
    expect(desk.reported.filter(({ reason }) => reason === null)).toHaveLength(5)
  })

  test('the same alerts known again are no news', async () => {
    const desk = anAlertDesk()
    await desk.knows([anAlert({ severity: 'warning' })])
    await desk.knows([anAlert({ severity: 'warning' })], 'offline')
    await desk.knows([anAlert({ severity: 'warning' })])
    expect(desk.everShown).toHaveLength(1)
  })

  test('a few are told one by one', async () => {
    const desk = anAlertDesk()
    await desk.knows([], 'offline')
    await desk.knows(many(3))
    expect(desk.shown()).toHaveLength(3)
  })

  test('an alert that climbed calls anew', async () => {
    const desk = anAlertDesk()
    const warning = anAlert({ severity: 'warning' })
    await desk.knows([warning])
    await desk.knows([{ ...warning, level: 2 }])
    expect(desk.everShown).toHaveLength(2)
  })
})

test('what the person does not want to be told of is reported as their choice, and neither shown nor heard', async () => {
  const desk = anAlertDesk()
  desk.prefer({ cells: { promiseWarning: { mine: [] } }, quiet: null })
  await desk.knows([anAlert({ severity: 'warning', reason: 'sla.warning' })])

  expect(desk.everShown).toEqual([])
  expect(desk.own.sounds).toEqual([])
  expect(desk.reported).toEqual([{ alertId: ID, way: 'notification', reason: 'preference' }])
})

test('the test of alerts says what the system made of it', async () => {
  const desk = anAlertDesk()
  expect(await desk.alerts.test('info')).toEqual({ notification: 'shown', sound: 'played' })

  desk.system.permission = 'denied'
  expect(await desk.alerts.test('info')).toEqual({ notification: 'permission_denied', sound: 'played' })

  desk.system.permission = 'granted'
  desk.system.shows = 'swallows'
  const outcome = desk.alerts.test('info')
  await desk.clock.advance(10_000)
  expect(await outcome).toEqual({ notification: 'timeout', sound: 'played' })
})
