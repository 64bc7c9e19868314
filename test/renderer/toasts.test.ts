import { beforeEach, expect, test, vi } from 'vitest'
import { showToast, undoLast, useToasts } from '../../src-renderer/ui/toasts.ts'

const { toasts, dismissToast } = useToasts()
const texts = () => toasts.value.map(({ text }) => text)

beforeEach(() => {
  for (const { id } of toasts.value) dismissToast(id)
})

test('undo takes back the newest act that can be taken back, once', () => {
  const undoAssign = vi.fn()
  const undoResolve = vi.fn()
  showToast({ text: 'assigned', undo: undoAssign })
  showToast({ text: 'resolved', undo: undoResolve })
  showToast({ text: 'copied' })
  expect(undoLast()).toBe(true)
  expect(undoResolve).toHaveBeenCalledOnce()
  expect(undoAssign).not.toHaveBeenCalled()
  expect(texts()).toEqual(['assigned', 'copied'])
})

test('nothing to undo is said, not guessed', () => {
  showToast({ text: 'copied' })
  expect(undoLast()).toBe(false)
  expect(texts()).toEqual(['copied'])
})

test('older notices make room for newer ones', () => {
  for (const text of ['a', 'b', 'c', 'd', 'e']) showToast({ text })
  expect(texts()).toEqual(['b', 'c', 'd', 'e'])
})
