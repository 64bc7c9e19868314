import { describe, expect, test } from 'vitest'
import { lateness, matterOf } from '../../server/alerts/matter.contract.ts'
import { escalatedTo, placeOf } from '../../src-renderer/features/alerts/alert-words.ts'
import { after, ANA, anAlert, aRecipient, BRUNO, MINUTE, NOON } from './alerts-support.ts'

const warning = (minutes: number) =>
  anAlert({ reason: 'sla.warning', data: { metric: 'resolution', dueAt: after(minutes) } })

describe('the words of an alert', () => {
  test('speak of a promise with its deadline', () => {
    expect(matterOf(warning(12), NOON)).toEqual({
      kind: 'promise',
      metric: 'resolution',
      dueAt: NOON + 12 * MINUTE,
      isOver: false,
    })
  })

  test('say that it is late as soon as it is, also of a warning left standing', () => {
    expect(matterOf(warning(12), NOON + 12 * MINUTE)).toMatchObject({ isOver: true })
    expect(matterOf(anAlert(), NOON + 4 * MINUTE)).toMatchObject({ isOver: true })
  })

  test('go by the reason where the deadline is not told or not readable', () => {
    expect(matterOf(anAlert({ data: { metric: 'nextResponse', dueAt: 'amanhã' } }), NOON)).toMatchObject({
      dueAt: null,
      isOver: true,
    })
    expect(
      matterOf(anAlert({ reason: 'sla.warning', data: { metric: 'nextResponse' } }), NOON),
    ).toMatchObject({ dueAt: null, isOver: false })
  })

  test('stay general for a reason that this client does not know', () => {
    expect(matterOf(anAlert({ reason: 'mail.stopped' }), NOON)).toEqual({ kind: 'other' })
    expect(matterOf(anAlert({ data: { metric: 'joy' } }), NOON)).toEqual({ kind: 'other' })
  })

  test('of deliveries that stopped name the webhook, and lead to what stopped', () => {
    const stopped = anAlert({
      ...{ ticketId: null, ticket: null, reason: 'job.dead' },
      data: { kind: 'webhook', name: 'Painel', id: 'w1' },
    })
    expect(matterOf(stopped, NOON)).toEqual({ kind: 'webhook', name: 'Painel' })
    expect(placeOf(stopped)).toMatchObject({ params: { section: 'webhooks' }, query: { deliveries: 'w1' } })
    expect(placeOf(anAlert())).toBeNull()
  })

  test('mention lateness from a minute on', () => {
    expect(lateness(anAlert())).toBeNull()
    expect(lateness(anAlert({ lateMs: 59_999 }))).toBeNull()
    expect(lateness(anAlert({ lateMs: 180 * MINUTE }))).toBe(180 * MINUTE)
  })

  test('name those whom a higher level brought in, the reader apart', () => {
    const recipients = [
      aRecipient(),
      aRecipient({ agentId: BRUNO.id, name: BRUNO.name, level: 2 }),
      aRecipient({ agentId: 'a3', name: 'Carla', level: 2 }),
    ]
    expect(escalatedTo(anAlert({ recipients }), ANA.id)).toBeNull()
    const second = anAlert({ level: 2, recipients })
    expect(escalatedTo(second, ANA.id)).toEqual({ includesReader: false, names: ['Bruno', 'Carla'] })
    expect(escalatedTo(second, BRUNO.id)).toEqual({ includesReader: true, names: ['Carla'] })
  })
})
