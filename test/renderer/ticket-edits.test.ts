import { describe, expect, test } from 'vitest'
import type { TicketView, UpdateTicket } from '../../server/tickets/contract.ts'
import type { Command } from '../../src-renderer/outbox/command.ts'
import {
  conflictOf,
  currentValue,
  resolveConflict,
  wantedValue,
} from '../../src-renderer/features/ticket/conflict.ts'
import { dueChoices, fromLocalInput, toLocalInput } from '../../src-renderer/features/ticket/due-choices.ts'
import { statusFor } from '../../src-renderer/features/ticket/lifecycle.ts'
import { neighbourOf, withKept, withOpened } from '../../src-renderer/features/ticket/ticket-tabs.ts'
import { reverseOf } from '../../src-renderer/features/ticket/undo.ts'
import { toLinkAddress } from '../../src-renderer/features/ticket/composer/link-address.ts'
import {
  afterSending,
  blankDraft,
  isBlank,
  isBlankHtml,
  withText,
} from '../../src-renderer/features/ticket/composer/composer-draft.ts'

const ticket = {
  id: 't',
  version: 7,
  subject: 'Impressora parada',
  status: { id: 'open', key: 'open', name: 'Aberto', class: 'open' },
  priority: { id: 'normal', key: 'normal', name: 'Normal', weight: 20, color: '#2563eb' },
  type: null,
  category: null,
  team: { id: 'suporte', name: 'Suporte' },
  agent: null,
  requester: { id: 'c', name: 'José', tier: null },
  tags: [{ id: 'g', name: 'garantia', color: '#0f766e', public: true }],
  dueAt: '2026-11-21T10:00:00.000Z',
  manualDueAt: '2026-11-23T18:00:00.000Z',
  dueReason: 'Peça em trânsito',
  urgency: null,
  impact: 'low',
  fields: { serie: 'X-9' },
} as unknown as TicketView

function refused(
  changes: UpdateTicket['changes'],
  fields: string[],
  reason = 'ticket.changed_meanwhile',
): Command {
  return {
    id: 'command',
    procedure: 'tickets.update',
    input: { ticketId: 't', version: 5, changes },
    subject: 't',
    createdAt: 0,
    attempts: 1,
    faults: 0,
    state: 'refused',
    failure: {
      kind: 'refused',
      reason,
      code: 'CONFLICT',
      details: { current: ticket, fields },
      fieldErrors: {},
      faultId: null,
    },
  }
}

describe('a conflict', () => {
  const both = refused({ priorityId: 'high', subject: 'Impressora fiscal parada' }, ['priorityId'])

  test('is read from the refusal, and only from this one', () => {
    expect(conflictOf(both)).toMatchObject({ fields: ['priorityId'], current: { version: 7 } })
    expect(conflictOf(refused({ priorityId: 'high' }, ['priorityId'], 'auth.forbidden'))).toBeNull()
  })

  test('shows both values', () => {
    const conflict = conflictOf(
      refused({ tags: ['locação'], fields: { serie: 'Y-1' } }, ['tagIds', 'fields.serie']),
    )
    if (!conflict) throw new Error('a conflict')
    expect(conflict.fields).toEqual(['tags', 'fields.serie'])
    expect(wantedValue(conflict, 'tags')).toEqual(['locação'])
    expect(currentValue(conflict, 'tags')).toEqual(['garantia'])
    expect([wantedValue(conflict, 'fields.serie'), currentValue(conflict, 'fields.serie')]).toEqual([
      'Y-1',
      'X-9',
    ])
  })

  test("keeping the others' value still makes the rest of the edit", () => {
    const conflict = conflictOf(both)
    if (!conflict) throw new Error('a conflict')
    expect(resolveConflict(conflict, new Set())).toEqual({
      ticketId: 't',
      version: 7,
      changes: { subject: 'Impressora fiscal parada' },
    })
  })

  test("choosing one's own makes the whole edit on the ticket as it is now", () => {
    const conflict = conflictOf(both)
    if (!conflict) throw new Error('a conflict')
    expect(resolveConflict(conflict, new Set(['priorityId']))).toMatchObject({
      version: 7,
      changes: { priorityId: 'high' },
    })
  })

  test('a date is compared with the one that a person set, and its reason goes with it', () => {
    const changes = { dueAt: '2026-11-24T18:00:00.000Z', dueReason: 'Feriado' }
    const conflict = conflictOf(refused(changes, ['dueAt', 'dueReason']))
    if (!conflict) throw new Error('a conflict')
    expect(conflict.fields).toEqual(['dueAt'])
    expect(currentValue(conflict, 'dueAt')).toBe('2026-11-23T18:00:00.000Z')
    expect(resolveConflict(conflict, new Set(['dueAt']))).toMatchObject({ changes })
    expect(resolveConflict(conflict, new Set())).toBeNull()
  })

  test('a reason that somebody else changed is asked about alone', () => {
    const conflict = conflictOf(refused({ dueReason: 'Feriado' }, ['dueReason']))
    if (!conflict) throw new Error('a conflict')
    expect([conflict.fields, currentValue(conflict, 'dueReason')]).toEqual([
      ['dueReason'],
      'Peça em trânsito',
    ])
  })

  test('an edit of which nothing is left is let go', () => {
    const conflict = conflictOf(refused({ fields: { serie: 'Y-1' } }, ['fields.serie']))
    if (!conflict) throw new Error('a conflict')
    expect(resolveConflict(conflict, new Set())).toBeNull()
  })
})

describe('undo', () => {
  test('brings every changed property back, and no other', () => {
    expect(reverseOf(ticket, { statusId: 'resolved', agentId: 'ana', tags: [] })).toEqual({
      statusId: 'open',
      agentId: null,
      tags: ['garantia'],
    })
  })

  test('urgency takes the priority along, so its undo brings the priority back too', () => {
    expect(reverseOf(ticket, { urgency: 'high' })).toEqual({ urgency: null, priorityId: 'normal' })
  })

  test('a date comes back with its reason, not with what was promised', () => {
    expect(reverseOf(ticket, { dueAt: null, dueReason: null })).toEqual({
      dueAt: '2026-11-23T18:00:00.000Z',
      dueReason: 'Peça em trânsito',
    })
  })

  test('a field that was empty is emptied again', () => {
    expect(reverseOf(ticket, { fields: { pedido: '12', serie: null } })).toEqual({
      fields: { pedido: null, serie: 'X-9' },
    })
  })
})

describe('open tickets', () => {
  test('a ticket that was only looked at gives its place to the next', () => {
    const tabs = withOpened(withOpened([], 'a'), 'b')
    expect(tabs).toEqual([{ id: 'b', kept: false }])
  })

  test('a ticket that was worked on keeps its tab', () => {
    const tabs = withOpened(withKept(withOpened([], 'a'), 'a'), 'b')
    expect(tabs.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(withOpened(tabs, 'a')).toEqual(tabs)
  })

  test('closing a tab shows its right neighbour, else the left one', () => {
    const tabs = ['a', 'b', 'c'].map((id) => ({ id, kept: true }))
    expect([neighbourOf(tabs, 'a'), neighbourOf(tabs, 'c'), neighbourOf(tabs.slice(0, 1), 'a')]).toEqual([
      'b',
      'b',
      null,
    ])
  })

  test('there are no more tabs than can be told apart', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ id: String(index), kept: true }))
    expect(withOpened(many, 'new').map(({ id }) => id)).toEqual([...many.slice(1).map(({ id }) => id), 'new'])
  })
})

describe('the composer', () => {
  test('an empty paragraph is nothing, a file alone is something', () => {
    expect(isBlankHtml('<p></p>')).toBe(true)
    expect(isBlankHtml('<p>&nbsp;</p>')).toBe(true)
    expect(isBlankHtml('<p>oi</p>')).toBe(false)
    expect(
      isBlank({ html: '<p></p>', files: [{ id: 'f', name: 'nota.pdf', size: 1, type: 'application/pdf' }] }),
    ).toBe(false)
  })

  test('sending the reply leaves the note in the making', () => {
    const draft = {
      ...blankDraft(),
      public: { html: '<p>a</p>', files: [] },
      note: { html: '<p>b</p>', files: [] },
    }
    const after = afterSending({ ...draft, seenMessageId: 'm1' }, 'public')
    expect(after).toMatchObject({ public: { html: '' }, note: { html: '<p>b</p>' }, seenMessageId: null })
  })

  test('a text that comes back never overwrites what was written since', () => {
    const draft = { ...blankDraft(), note: { html: '<p>novo</p>', files: [] } }
    const back = withText(draft, 'note', { html: '<p>recusado</p>', files: [] })
    expect(back).toMatchObject({ mode: 'note', note: { html: '<p>novo</p><p>recusado</p>' } })
  })

  test.each([
    ['balcao.example/ajuda', 'https://balcao.example/ajuda'],
    ['http://192.168.0.10:4810', 'http://192.168.0.10:4810'],
    ['servidor:4810/x', 'https://servidor:4810/x'],
    ['ana@ipe.example', 'mailto:ana@ipe.example'],
    ['tel:+5511987654321', 'tel:+5511987654321'],
  ])('%s becomes a link to %s', (typed, address) => {
    expect(toLinkAddress(typed)).toBe(address)
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'duas palavras', ' '])('%s is no link', (typed) => {
    expect(toLinkAddress(typed)).toBeNull()
  })
})

describe('deadlines', () => {
  test('what is past already is not offered', () => {
    const evening = new Date(2026, 10, 20, 19, 30).getTime()
    expect(dueChoices(evening).map(({ choice }) => choice)).toEqual([
      'inOneHour',
      'inFourHours',
      'tomorrow',
      'nextWeek',
    ])
  })

  test('"Monday" on a Monday is the next one', () => {
    const monday = new Date(2026, 10, 23, 8).getTime()
    const next = dueChoices(monday).find(({ choice }) => choice === 'nextWeek')
    expect(next && new Date(next.at).getDate()).toBe(30)
  })

  test('a typed date and time survive the way to the field and back', () => {
    const at = new Date(2026, 10, 21, 17, 45).getTime()
    expect(toLocalInput(at)).toBe('2026-11-21T17:45')
    expect(fromLocalInput(toLocalInput(at))).toBe(at)
    expect(fromLocalInput('')).toBeNull()
  })
})

test('"resolve" leads to the preset status, or to the first of its class', () => {
  const status = (id: string, key: string | null) => ({
    id,
    key,
    name: id,
    class: 'resolved' as const,
    position: 0,
    archived: false,
  })
  expect(statusFor([status('own', null), status('preset', 'resolved')], 'resolved')?.id).toBe('preset')
  expect(statusFor([status('own', null)], 'resolved')?.id).toBe('own')
  expect(statusFor([], 'resolved')).toBeUndefined()
})
