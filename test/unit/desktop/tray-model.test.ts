import { expect, test } from 'vitest'
import { LANGUAGES } from '../../../src-main/ipc/contract.ts'
import { trayPicture, type TrayEntry } from '../../../src-main/tray/model.ts'
import { trayChoice, trayModel, type TrayAlert, type TrayState } from '../../../src-main/tray/tray-model.ts'

const now = Date.parse('2026-11-26T12:00:00Z')
const minute = 60_000

function anAlert(changes: Partial<TrayAlert> = {}): TrayAlert {
  return {
    id: 'a1',
    ticketId: 't1',
    severity: 'urgent',
    title: '2026-000123 vencido',
    raisedAt: now,
    ...changes,
  }
}

function aState(changes: Partial<TrayState> = {}): TrayState {
  return {
    link: 'live',
    offlineSince: null,
    alerts: [],
    presence: 'available',
    startsAtLogin: false,
    ...changes,
  }
}

const labels = (entries: readonly TrayEntry[]): string[] =>
  entries.map((entry) => (entry === 'separator' ? '—' : entry.label))

test.each([
  ['pt-BR', 'Balcão · 2 alertas urgentes · o mais antigo há 4 min'],
  ['en', 'Balcão · 2 urgent alerts · the oldest 4 min ago'],
  ['es', 'Balcão · 2 alertas urgentes · la más antigua hace 4 min'],
] as const)('in %s hovering says how many, how bad and since when', (language, tooltip) => {
  const alerts = [
    anAlert({ raisedAt: now - minute }),
    anAlert({ id: 'a2', raisedAt: now - 2 * minute }),
    anAlert({ id: 'a3', severity: 'info', raisedAt: now - 4.9 * minute }),
  ]
  expect(trayModel(aState({ alerts }), language, now).tooltip).toBe(tooltip)
})

test('the picture is that of the worst alert, and counts them all', () => {
  const alerts = [anAlert({ severity: 'info' }), anAlert({ id: 'a2', severity: 'warning' })]
  expect(trayModel(aState({ alerts }), 'en', now)).toMatchObject({ icon: 'warning', count: 2 })
  expect(trayModel(aState(), 'en', now)).toMatchObject({
    icon: 'quiet',
    count: 0,
    tooltip: 'Balcão · no alerts',
  })
})

test('without the server the tray says so, and still counts what is known', () => {
  const state = aState({ link: 'offline', offlineSince: now - 90 * minute, alerts: [anAlert()] })
  expect(trayModel(state, 'pt-BR', now)).toMatchObject({
    icon: 'offline',
    count: 1,
    tooltip: 'Balcão · sem conexão com o servidor há 1 h · 1 alerta urgente · o mais antigo agora',
  })
})

test('signed out, nothing of the desk is shown or offered', () => {
  const model = trayModel(aState({ link: 'signedOut', alerts: [anAlert()] }), 'pt-BR', now)
  expect(model).toMatchObject({ icon: 'signedOut', count: 0, tooltip: 'Balcão · ninguém entrou' })
  expect(labels(model.entries)).toEqual([
    'Abrir o Balcão',
    '—',
    'Iniciar com o computador',
    '—',
    'Sair do Balcão',
  ])
})

test('the menu has the seven most urgent alerts, each with what can be done about it', () => {
  const alerts = Array.from({ length: 9 }, (_, index) =>
    anAlert({
      id: `a${String(index)}`,
      title: `Padaria & Cia ${String(index)}`,
      raisedAt: now - 60 * minute,
    }),
  )
  const { entries } = trayModel(aState({ alerts }), 'pt-BR', now)
  const shown = entries.filter((entry) => entry !== 'separator').filter(({ id }) => id.startsWith('alert:'))
  expect(shown).toHaveLength(7)
  // A single & would be swallowed as the mark of a key.
  expect(shown[0]?.label).toBe('‼ Padaria && Cia 0 · há 1 h')
  expect(shown[0]?.entries).toEqual([
    { id: 'openAlert:a0', label: 'Abrir ticket' },
    { id: 'acknowledge:a0', label: 'Ciente' },
    { id: 'snooze:a0', label: 'Adiar 15 min' },
  ])
  expect(labels(entries)).toContain('Todos os alertas (9)…')
})

test('how one is can be seen and changed, once it is known', () => {
  const { entries } = trayModel(aState({ presence: 'away' }), 'en', now)
  expect(entries).toContainEqual({
    id: 'presence',
    label: 'My Status: Away',
    entries: [
      { id: 'presence:available', label: 'Available', isChecked: false },
      { id: 'presence:busy', label: 'Busy', isChecked: false },
      { id: 'presence:away', label: 'Away', isChecked: true },
    ],
  })
  expect(labels(trayModel(aState({ presence: null }), 'en', now).entries).join()).not.toContain('Status')
})

test('a program that runs from its source does not offer to start with the computer', () => {
  const { entries } = trayModel(aState({ startsAtLogin: null }), 'pt-BR', now)
  expect(labels(entries)).not.toContain('Iniciar com o computador')
})

test.each(LANGUAGES)('every entry in %s leads to something', (language) => {
  const { entries } = trayModel(aState({ alerts: [anAlert()] }), language, now)
  const leaves = (list: readonly TrayEntry[]): string[] =>
    list.flatMap((entry) => (entry === 'separator' ? [] : entry.entries ? leaves(entry.entries) : [entry.id]))
  expect(leaves(entries).filter((id) => trayChoice(id) === null)).toEqual([])
  expect(leaves(entries).length).toBeGreaterThan(8)
})

test('what no entry is called leads nowhere', () => {
  for (const id of ['', 'alert:a1', 'acknowledge', 'presence:gone', 'constructor']) {
    expect(trayChoice(id)).toBeNull()
  }
})

test.each([
  ['windows', 'urgent', 3, 'tray-urgent-3'],
  ['linux', 'warning', 12, 'tray-warning-9plus'],
  ['windows', 'quiet', 0, 'tray-quiet'],
  ['windows', 'signedOut', 0, 'tray-signedOut'],
  ['macos', 'urgent', 3, 'tray-urgentTemplate'],
] as const)('on %s, %s with %i is the picture %s', (platform, icon, count, picture) => {
  expect(trayPicture({ icon, count }, platform)).toBe(picture)
})
