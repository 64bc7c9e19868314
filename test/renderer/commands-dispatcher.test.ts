import { expect, test } from 'vitest'
import { createDispatcher, type KeyContext } from '../../src-renderer/commands/dispatcher.ts'
import type { KeyPress } from '../../src-renderer/commands/keys.ts'
import type { Command } from '../../src-renderer/commands/registry.ts'

const nowhere: KeyContext = { typing: false, modal: false, onControl: false, repeat: false }

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
})

const command = (id: string, keys: string, more: Partial<Command> = {}): Command => ({
  id,
  keys,
  title: id,
  group: 'test',
  run: () => undefined,
  ...more,
})

function aKeyboard(commands: Command[], { isMac = false, singleKeys = true } = {}) {
  let now = 1_000
  const { handle } = createDispatcher({
    commands: () => commands,
    singleKeys: () => singleKeys,
    now: () => now,
    isMac,
  })
  return {
    wait: (ms: number) => (now += ms),
    type(press: KeyPress, context: Partial<KeyContext> = {}) {
      const found = handle(press, { ...nowhere, ...context })
      return typeof found === 'object' ? found.id : found
    },
  }
}

test('a single key runs its command', () => {
  const keyboard = aKeyboard([command('next', 'j')])
  expect(keyboard.type(press('j'))).toBe('next')
  expect(keyboard.type(press('k'))).toBeUndefined()
})

test('a single key never acts while a text field has focus', () => {
  const keyboard = aKeyboard([command('next', 'j'), command('range', 'shift+x')])
  expect(keyboard.type(press('j'), { typing: true })).toBeUndefined()
  expect(keyboard.type(press('X', { shiftKey: true }), { typing: true })).toBeUndefined()
})

test('a single key never acts while a dialog is open', () => {
  const keyboard = aKeyboard([command('next', 'j')])
  expect(keyboard.type(press('j'), { modal: true })).toBeUndefined()
})

test('keys with Ctrl act while typing, but over a dialog only those meant for it', () => {
  const keyboard = aKeyboard([
    command('palette', 'mod+k', { overDialogs: true }),
    command('send', 'mod+enter'),
  ])
  expect(keyboard.type(press('k', { ctrlKey: true }), { typing: true })).toBe('palette')
  expect(keyboard.type(press('Enter', { ctrlKey: true }), { typing: true })).toBe('send')
  expect(keyboard.type(press('k', { ctrlKey: true }), { modal: true })).toBe('palette')
  expect(keyboard.type(press('Enter', { ctrlKey: true }), { modal: true })).toBeUndefined()
})

test('mod is ⌘ on a Mac and Ctrl elsewhere', () => {
  const palette = [command('palette', 'mod+k')]
  expect(aKeyboard(palette, { isMac: true }).type(press('k', { metaKey: true }))).toBe('palette')
  expect(aKeyboard(palette, { isMac: true }).type(press('k', { ctrlKey: true }))).toBeUndefined()
  expect(aKeyboard(palette).type(press('k', { metaKey: true }))).toBeUndefined()
})

test('a character is itself however the keyboard makes it', () => {
  const keyboard = aKeyboard([command('sheet', '?'), command('merge', '#')])
  expect(keyboard.type(press('?', { shiftKey: true }))).toBe('sheet')
  expect(keyboard.type(press('?'))).toBe('sheet')
  expect(keyboard.type(press('#', { ctrlKey: true, altKey: true, altGraph: true }))).toBe('merge')
})

test('a capital letter is another shortcut than the small one', () => {
  const keyboard = aKeyboard([command('select', 'x'), command('range', 'shift+x')])
  expect(keyboard.type(press('x'))).toBe('select')
  expect(keyboard.type(press('X', { shiftKey: true }))).toBe('range')
})

test('two keys in a row are one shortcut when the second comes in time', () => {
  const keyboard = aKeyboard([command('queue', 'g q'), command('quit', 'q')])
  expect(keyboard.type(press('g'))).toBe('pending')
  expect(keyboard.type(press('q'))).toBe('queue')
  expect(keyboard.type(press('g'))).toBe('pending')
  keyboard.wait(1_500)
  expect(keyboard.type(press('q'))).toBe('quit')
})

test('a key that does not continue a sequence acts for itself', () => {
  const keyboard = aKeyboard([command('queue', 'g q'), command('next', 'j')])
  expect(keyboard.type(press('g'))).toBe('pending')
  expect(keyboard.type(press('j'))).toBe('next')
  expect(keyboard.type(press('q'))).toBeUndefined()
})

test('a modifier alone neither acts nor breaks a sequence', () => {
  const keyboard = aKeyboard([command('range', 'g shift+x')])
  expect(keyboard.type(press('g'))).toBe('pending')
  expect(keyboard.type(press('Shift', { shiftKey: true }))).toBeUndefined()
  expect(keyboard.type(press('X', { shiftKey: true }))).toBe('range')
})

test('Space on a button presses the button', () => {
  const keyboard = aKeyboard([command('serve', 'space')])
  expect(keyboard.type(press(' '), { onControl: true })).toBeUndefined()
  expect(keyboard.type(press(' '))).toBe('serve')
})

test('holding a key repeats only what may be repeated', () => {
  const keyboard = aKeyboard([command('next', 'j', { repeatable: true }), command('resolve', 'e')])
  expect(keyboard.type(press('j'), { repeat: true })).toBe('next')
  expect(keyboard.type(press('e'), { repeat: true })).toBeUndefined()
})

test('whoever turned single keys off is never surprised by one', () => {
  const keyboard = aKeyboard([command('next', 'j'), command('palette', 'mod+k')], { singleKeys: false })
  expect(keyboard.type(press('j'))).toBeUndefined()
  expect(keyboard.type(press('k', { ctrlKey: true }))).toBe('palette')
})
