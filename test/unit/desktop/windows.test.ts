import { expect, test } from 'vitest'
import { LANGUAGES } from '../../../src-main/ipc/contract.ts'
import { MENU_ACTS } from '../../../src-main/menu/acts.ts'
import { contextMenu } from '../../../src-main/menu/context-menu.ts'
import { menuModel, type MenuEntry } from '../../../src-main/menu/model.ts'
import { accelerator } from '../../../src-main/startup/computer.ts'
import { closePolicy } from '../../../src-main/windows/close-policy.ts'
import { arrangementOf } from '../../../src-main/windows/remembered.ts'
import { planWindowPlace, type Rectangle } from '../../../src-main/windows/window-place.ts'
import { zoomAfter } from '../../../src-main/windows/zoom.ts'
import { acceleratorOf, keysOf } from '../../../src-renderer/features/settings/computer/accelerator.ts'

const stays = { kind: 'main', platform: 'windows', closeToTray: true, isQuitting: false } as const

test.each([
  ['the main window hides, and the program stays', {}, 'hide'],
  ['it ends the program where that is wanted', { closeToTray: false }, 'quit'],
  ['on a Mac it goes, and the program stays in the dock', { platform: 'macos', closeToTray: false }, 'close'],
  ['a torn-off ticket goes', { kind: 'ticket' }, 'close'],
  ['the alert window is only put away', { kind: 'alert' }, 'hide'],
  ['when the program ends, everything goes', { isQuitting: true }, 'close'],
  ['when the program ends, the alert window goes too', { kind: 'alert', isQuitting: true }, 'close'],
] as const)('closing: %s', (_what, changes, outcome) => {
  expect(closePolicy({ ...stays, ...changes })).toBe(outcome)
})

const screen: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 }

test('torn-off tickets open one below the other, so that each title bar can be reached', () => {
  const first = planWindowPlace(null, [screen], 'ticket').bounds
  const second = planWindowPlace(null, [screen], 'ticket', [first]).bounds
  const third = planWindowPlace(null, [screen], 'ticket', [first, second]).bounds
  expect([second.x - first.x, second.y - first.y]).toEqual([32, 32])
  expect([third.x - first.x, third.y - first.y]).toEqual([64, 64])
})

test('at the end of the screen the cascade begins again, inside it', () => {
  const taken: Rectangle[] = []
  for (let count = 0; count < 30; count++) {
    const { bounds } = planWindowPlace(null, [screen], 'ticket', taken)
    expect(bounds.y + bounds.height).toBeLessThanOrEqual(screen.height)
    expect(bounds.x).toBeLessThanOrEqual(screen.width - 120)
    taken.push(bounds)
  }
  expect(new Set(taken.map(({ x, y }) => `${String(x)},${String(y)}`)).size).toBe(30)
})

test.each(['alert', 'capture'] as const)(
  'the %s window stands in the corner, where it covers least',
  (kind) => {
    const { bounds } = planWindowPlace(null, [screen], kind)
    expect(bounds.x + bounds.width).toBe(1904)
    expect(bounds.y + bounds.height).toBe(1024)
  },
)

test('an arrangement of screens is told by all of them', () => {
  const left = { ...screen, x: -1920 }
  expect(arrangementOf([screen])).not.toBe(arrangementOf([screen, left]))
  expect(arrangementOf([screen, left])).toBe(arrangementOf([screen, left]))
})

test('letters grow and shrink by the steps of a browser, and end at the last', () => {
  expect(zoomAfter(1, 'in')).toBe(1.1)
  expect(zoomAfter(1, 'out')).toBe(0.9)
  expect(zoomAfter(1.31, 'reset')).toBe(1)
  expect(zoomAfter(3, 'in')).toBe(3)
  expect(zoomAfter(0.5, 'out')).toBe(0.5)
})

const ours = (state: Parameters<typeof menuModel>[0]): Extract<MenuEntry, { id: string }>[] =>
  menuModel(state)
    .flatMap(({ entries }) => entries)
    .filter((entry): entry is Extract<MenuEntry, { id: string }> => entry !== 'separator' && 'id' in entry)

test.each(['windows', 'macos', 'linux'] as const)(
  'on %s every act of ours is in the menu, once',
  (platform) => {
    const ids = ours({ platform, language: 'pt-BR', isSignedIn: true }).map(({ id }) => id)
    expect(ids.toSorted()).toEqual(Object.keys(MENU_ACTS).toSorted())
  },
)

test('signed out, only letters and the system’s own items work', () => {
  const rests = ours({ platform: 'windows', language: 'en', isSignedIn: false })
  expect(rests.filter(({ isDisabled }) => !isDisabled).map(({ id }) => id)).toEqual([
    'resetZoom',
    'zoomIn',
    'zoomInAlso',
    'zoomOut',
  ])
  expect(
    ours({ platform: 'windows', language: 'en', isSignedIn: true }).some((entry) => entry.isDisabled),
  ).toBe(false)
})

test('no two entries share an accelerator', () => {
  const keys = ours({ platform: 'linux', language: 'es', isSignedIn: true }).flatMap((entry) =>
    entry.accelerator ? [entry.accelerator] : [],
  )
  expect(new Set(keys).size).toBe(keys.length)
})

const target = { isEditable: false, hasSelection: false, corrections: [], linkUrl: null }

test.each(LANGUAGES)('a link in %s can be opened and copied, a mail address only copied', (language) => {
  const web = contextMenu({ ...target, linkUrl: 'https://nfe.example/123' }, language)
  expect(web).toEqual([
    expect.objectContaining({ opens: 'https://nfe.example/123' }),
    expect.objectContaining({ copies: 'https://nfe.example/123' }),
  ])
  expect(contextMenu({ ...target, linkUrl: 'mailto:jose%40padaria.example' }, language)).toEqual([
    expect.objectContaining({ copies: 'jose@padaria.example' }),
  ])
})

test('a badly written address in a customer’s message is copied as it is', () => {
  expect(contextMenu({ ...target, linkUrl: 'mailto:50%zz@padaria.example' }, 'pt-BR')).toEqual([
    expect.objectContaining({ copies: '50%zz@padaria.example' }),
  ])
})

test('links of the page itself and of schemes that start programs offer nothing', () => {
  for (const linkUrl of [
    'app://balcao/ticket/1',
    'file:///etc/passwd',
    'ms-word:ofe|u|x',
    'not an address',
  ]) {
    expect(contextMenu({ ...target, linkUrl }, 'pt-BR')).toEqual([])
  }
})

const press = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test.each([
  [{ key: 'L', code: 'KeyL', ctrlKey: true, shiftKey: true }, false, 'CommandOrControl+Shift+L'],
  [{ key: 'l', code: 'KeyL', metaKey: true }, true, 'CommandOrControl+L'],
  // Alt makes another character of the key on a Mac.
  [{ key: '¬', code: 'KeyL', altKey: true }, true, 'Alt+L'],
  [{ key: 'F9', code: 'F9', shiftKey: true }, false, 'Shift+F9'],
  [{ key: ' ', code: 'Space', ctrlKey: true, altKey: true }, false, 'CommandOrControl+Alt+Space'],
  [{ key: 'Shift', code: 'ShiftLeft', shiftKey: true }, false, null],
  [{ key: 'L', code: 'KeyL', shiftKey: true }, false, null],
  [{ key: 'F9', code: 'F9' }, false, null],
  [{ key: '€', code: 'KeyE', ctrlKey: true, altKey: true, altGraph: true }, false, null],
])('pressing %j is the right shortcut, or none', (keys, isMac, wanted) => {
  const chosen = acceleratorOf({ ...press, ...keys }, isMac)
  expect(chosen).toBe(wanted)
  if (chosen !== null) expect(accelerator.safeParse(chosen).success).toBe(true)
})

test('a shortcut that writes is refused, however it comes', () => {
  for (const keys of ['L', 'Shift+L', 'F9', 'CommandOrControl', 'CommandOrControl+Shift', '']) {
    expect(accelerator.safeParse(keys).success, keys).toBe(false)
  }
  expect(keysOf('CommandOrControl+Shift+L')).toBe('mod+shift+l')
})
