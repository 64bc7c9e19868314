import { expect, test } from 'vitest'
import type { Shown } from '../../../server/alerts/screens.contract.ts'
import { createReports } from '../../../src-main/alerts/reports.ts'
import { createFakeClock } from './alert-desk.ts'
import { RAISED } from './alert-support.ts'

const uuid = (n: number) => `0197a000-0000-7000-8000-00000000${String(1000 + n)}`
const [ONE, OTHER] = [uuid(1), uuid(2)]

function aComputer(name = 'CAIXA-01') {
  const clock = createFakeClock()
  const sent: Shown[] = []
  let settings = { screenId: null as string | null }
  const reports = createReports({
    now: clock.now,
    ports: { clock, env: { computerName: name, platform: 'windows', version: '1.2.0' } as never },
    settings: {
      read: () => settings,
      note: (changes: object) => void (settings = { ...settings, ...changes }),
    } as never,
    commands: {
      add(procedure, input) {
        if (procedure === 'alerts.shown') sent.push(input as Shown)
        return true
      },
    },
  })
  return { clock, sent, reports, screenId: () => settings.screenId }
}

test('what happens together is said together, with the computer it happened on', async () => {
  const { clock, sent, reports, screenId } = aComputer()
  reports.showing(ONE, 'notification', 'timeout')
  reports.showing(ONE, 'window', null)
  reports.blocked('timeout')
  expect(sent).toEqual([])
  await clock.advance(500)
  const at = new Date(RAISED).toISOString()
  expect(sent).toEqual([
    {
      screen: { id: screenId(), name: 'CAIXA-01', platform: 'windows', version: '1.2.0' },
      showings: [
        { alertId: ONE, way: 'notification', reason: 'timeout', at },
        { alertId: ONE, way: 'window', reason: null, at },
      ],
      blocked: 'timeout',
    },
  ])
})

test('a computer is known by one id for good, and by no more of its name than the server takes', async () => {
  const { clock, sent, reports } = aComputer('X'.repeat(300))
  reports.showing(ONE, 'window', null)
  await clock.advance(500)
  reports.showing(OTHER, 'window', null)
  await clock.advance(500)
  expect(new Set(sent.map(({ screen }) => screen.id)).size).toBe(1)
  expect(sent[0]?.screen.name).toHaveLength(100)
})

test('more than the server takes at once goes in several bundles, and all of it goes', async () => {
  const { clock, sent, reports } = aComputer()
  for (let n = 0; n < 250; n += 1) reports.showing(uuid(n), 'notification', null)
  await clock.advance(5_000)
  expect(sent.map(({ showings }) => showings.length)).toEqual([100, 100, 50])
})

test('an alert that calls again and again is reported when something about it is new', async () => {
  const { clock, sent, reports } = aComputer()
  for (const reason of ['os_dnd', 'os_dnd', 'timeout', null, null, 'timeout'] as const) {
    reports.showing(ONE, 'notification', reason)
    await clock.advance(60_000)
  }
  expect(sent.flatMap(({ showings }) => showings.map(({ reason }) => reason))).toEqual([
    'os_dnd',
    'timeout',
    null,
  ])
})

test('that a computer can or cannot show alerts is said at first, and whenever that changes', async () => {
  const { clock, sent, reports } = aComputer()
  for (const reason of [null, null, 'os_dnd', 'os_dnd', null] as const) {
    reports.blocked(reason)
    await clock.advance(60_000)
  }
  expect(sent.map(({ blocked }) => blocked)).toEqual([null, 'os_dnd', null])
})

test('what one person was shown is not said in the next one’s name, who has everything told anew', async () => {
  const { clock, sent, reports } = aComputer()
  reports.blocked(null)
  reports.showing(ONE, 'notification', null)
  await clock.advance(500)
  reports.showing(OTHER, 'notification', null)
  reports.forget()
  await clock.advance(5_000)
  expect(sent).toHaveLength(1)

  reports.blocked(null)
  await clock.advance(500)
  expect(sent[1]).toMatchObject({ showings: [], blocked: null })
  reports.showing(ONE, 'notification', null)
  await clock.advance(500)
  expect(sent[2]).toMatchObject({ showings: [{ alertId: ONE }] })
})
