import { expect, test } from 'vitest'
import type { CustomFieldView } from '../../server/catalog/contract.ts'
import type { TicketView } from '../../server/tickets/contract.ts'
import {
  blankAction,
  deeds,
  isComplete,
  unsetFields,
  type DeskAction,
} from '../../src-renderer/actions/property-actions.ts'
import { changesBetween } from '../../src-renderer/features/ticket/macros/run-undo.ts'
import { reverseOf } from '../../src-renderer/features/ticket/undo.ts'
import actions from '../../src-renderer/i18n/messages/pt-BR/actions.json' with { type: 'json' }

const setField = (key: string, value: string | number | string[] | null): DeskAction => ({
  do: 'setField',
  value: { key, value },
})

test('every action has a name, and begins with something to choose or as it can be saved', () => {
  expect(Object.keys(actions.do).sort()).toEqual(deeds.toSorted())
  const complete = deeds.filter((deed) => isComplete(blankAction(deed)))
  expect(complete.toSorted()).toEqual(['close', 'setDue', 'setImpact', 'setUrgency'])
})

test.each<[string, DeskAction, boolean]>([
  ['a field without a value', setField('serial', ' '), false],
  ['no option', setField('sectors', []), false],
  ['a value without a field', setField('', 'A1'), false],
  ['a field with its value', setField('serial', 'A1'), true],
  ['nought', setField('cost', 0), true],
  ['a field that is cleared', setField('serial', null), true],
  ['a time that can’t be read', { do: 'setDue', value: { after: { minutes: 0, business: true } } }, false],
  ['a time', { do: 'setDue', value: { after: { minutes: 5, business: true } } }, true],
  ['no date any more', { do: 'setDue', value: null }, true],
])('%s: %o, complete is %s', (_, action, complete) => expect(isComplete(action)).toBe(complete))

test('another field can be filled as long as one is left', () => {
  const field = (key: string): CustomFieldView => ({
    ...{ id: key, key, name: key, kind: 'text', options: [], position: 0, archived: false },
  })
  const fields = [field('serial'), field('cost')]
  const left = (...set: DeskAction[]) => unsetFields(fields, set).map(({ key }) => key)
  expect(left()).toEqual(['serial', 'cost'])
  expect(left(setField('serial', 'A1'), { do: 'close', value: null })).toEqual(['cost'])
  expect(left(setField('serial', 'A1'), setField('', ''))).toEqual([])
})

test('what a ready answer did to fields and the date can be taken back', () => {
  const shared = {
    ...{ status: { id: 's' }, priority: { id: 'p' }, type: null, category: null, team: null, agent: null },
    ...{ urgency: null, impact: null, tags: [] },
  }
  const before = { ...shared, fields: { serial: 'A1' }, manualDueAt: null, dueReason: null }
  const after = { ...shared, fields: { cost: 4 }, manualDueAt: '2026-03-09T12:00:00.000Z', dueReason: 'Peça' }
  const [then, now] = [before as unknown as TicketView, after as unknown as TicketView]
  const changes = changesBetween(then, now)
  expect(changes).toEqual({
    ...{ dueAt: after.manualDueAt, dueReason: 'Peça', fields: { serial: null, cost: 4 } },
  })
  expect(reverseOf(then, changes)).toEqual({
    ...{ dueAt: null, dueReason: null, fields: { serial: 'A1', cost: null } },
  })
})
