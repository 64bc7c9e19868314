import { expect, test } from 'vitest'
import { ariaKeys, isReserved, keyCaps, keysCollide } from '../../src-renderer/commands/keys.ts'

test.each([
  ['mod+k', false, [['Ctrl', 'K']]],
  ['mod+k', true, [['⌘', 'K']]],
  ['g q', false, [['G'], ['Q']]],
  ['shift+x', true, [['⇧', 'X']]],
  ['?', false, [['?']]],
])('%s is drawn as the keys of this machine (Mac: %s)', (keys, isMac, caps) => {
  expect(keyCaps(keys, isMac)).toEqual(caps)
})

test('assistive technology hears the keys in its own notation, and of a sequence nothing', () => {
  expect(ariaKeys('mod+shift+l', false)).toBe('Control+Shift+L')
  expect(ariaKeys('mod+k', true)).toBe('Meta+K')
  expect(ariaKeys('g q', false)).toBeUndefined()
})

test.each(['mod+t', 'mod+w', 'mod+l', 'f5', 'tab', 'esc', 'mod+c'])('%s stays with the browser', (keys) => {
  expect(isReserved(keys)).toBe(true)
})

test.each(['mod+k', 'j', 'g q', '?', 'mod+enter', 'mod+shift+l'])('%s can be ours', (keys) => {
  expect(isReserved(keys)).toBe(false)
})

test('bindings collide when they are equal or one begins the other', () => {
  expect(keysCollide('j', 'j')).toBe(true)
  expect(keysCollide('g', 'g q')).toBe(true)
  expect(keysCollide('g c', 'g q')).toBe(false)
  expect(keysCollide('mod+k', 'k')).toBe(false)
})
