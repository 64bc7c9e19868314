import { expect, test } from 'vitest'
import { planWindowPlace, type Rectangle, type WindowPlace } from '../../src-main/windows/window-place.ts'

const primary: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 }
const onTheLeft: Rectangle = { x: -1280, y: 200, width: 1280, height: 984 }

function placed(bounds: Partial<Rectangle>, isMaximised = false): WindowPlace {
  return { bounds: { x: 100, y: 100, width: 1000, height: 700, ...bounds }, isMaximised }
}

test('the first window stands in the middle of the primary screen', () => {
  expect(planWindowPlace(null, [primary, onTheLeft])).toEqual({
    bounds: { x: 280, y: 90, width: 1360, height: 860 },
    isMaximised: false,
  })
})

test('the first window is no larger than a small screen', () => {
  const small = { x: 0, y: 0, width: 1024, height: 720 }
  expect(planWindowPlace(null, [small]).bounds).toEqual(small)
})

test.each([
  ['on the primary screen', { x: 10, y: 10 }],
  ['on a screen to the left, at negative coordinates', { x: -1200, y: 250 }],
  ['partly outside, with enough of its title bar to hold', { x: 1780, y: 10 }],
])('a window %s opens exactly where it was left', (_where, position) => {
  const saved = placed(position)
  expect(planWindowPlace(saved, [primary, onTheLeft])).toEqual(saved)
})

test.each([
  ['right of every screen', { x: 4000 }],
  ['with only a sliver left inside', { x: 1900 }],
  ['with its title bar above the screen', { y: -20 }],
  ['with its title bar below the screen', { y: 1030 }],
])('a window %s comes back to the middle of the primary screen', (_where, position) => {
  expect(planWindowPlace(placed(position), [primary]).bounds).toEqual({
    x: 460,
    y: 170,
    width: 1000,
    height: 700,
  })
})

test('a window larger than its screen is made to fit', () => {
  const { bounds } = planWindowPlace(placed({ x: 0, y: 0, width: 3840, height: 2100 }), [primary])
  expect(bounds).toEqual({ x: 0, y: 0, width: 1920, height: 1040 })
})

test('a maximised window stays maximised, also on another screen', () => {
  expect(planWindowPlace(placed({ x: 4000 }, true), [primary]).isMaximised).toBe(true)
})

test('a system that reports no screens still gets a window', () => {
  expect(planWindowPlace(placed({}), []).bounds).toMatchObject({ width: 1000, height: 700 })
})
