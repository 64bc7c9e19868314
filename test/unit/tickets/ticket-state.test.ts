import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planChanges, touch, type TicketState } from '../../../server/tickets/ticket-state.ts'

const aState = (state: Partial<TicketState> = {}): TicketState => ({
  subject: 'Impressora',
  requesterId: 'r',
  typeId: null,
  categoryId: null,
  statusId: 'open',
  priorityId: 'normal',
  urgency: null,
  impact: null,
  teamId: null,
  agentId: null,
  dueAt: null,
  dueReason: null,
  tagIds: [],
  fields: {},
  ...state,
})

/** Small values on purpose: edits must collide often. */
const edits = fc.record(
  {
    subject: fc.constantFrom('a', 'b'),
    statusId: fc.constantFrom('open', 'waiting'),
    agentId: fc.constantFrom(null, 'ana'),
    tagIds: fc.constantFrom([], ['x']),
    fields: fc.dictionary(fc.constantFrom('modelo', 'serie'), fc.constantFrom('1', '2')),
  },
  { requiredKeys: [] },
)

describe('an edit of a ticket', () => {
  it('of a custom field is told from and to, whatever the field is called', () => {
    const plan = planChanges(aState(), {}, { fields: { constructor: 'ACME' } as never }, 1)
    expect(plan).toMatchObject({ changes: { 'fields.constructor': { from: null, to: 'ACME' } } })
  })

  it('that differs from nothing changes nothing', () => {
    expect(planChanges(aState(), {}, { subject: 'Impressora', tagIds: [] }, 1)).toEqual({
      outcome: 'unchanged',
    })
  })

  it('wins on a field that nobody touched since, and tells both values', () => {
    const plan = planChanges(aState(), { statusId: 4 }, { priorityId: 'high' }, 2)
    expect(plan).toMatchObject({
      outcome: 'changed',
      changes: { priorityId: { from: 'normal', to: 'high' } },
    })
  })

  it('collides on a field that was changed after the version it was made on, and then none of it is applied', () => {
    const plan = planChanges(aState(), { statusId: 4 }, { statusId: 'waiting', subject: 'x' }, 3)
    expect(plan).toEqual({ outcome: 'conflict', fields: ['statusId'] })
  })

  it('does not collide when both wanted the same', () => {
    expect(
      planChanges(aState({ statusId: 'waiting' }), { statusId: 4 }, { statusId: 'waiting' }, 3).outcome,
    ).toBe('unchanged')
  })

  it('collides per custom field, not for all of them together', () => {
    const current = aState({ fields: { modelo: '1', serie: '9' } })
    const versions = { 'fields.modelo': 5 }
    expect(planChanges(current, versions, { fields: { modelo: '1', serie: '2' } }, 3).outcome).toBe('changed')
    expect(planChanges(current, versions, { fields: { modelo: '2', serie: '9' } }, 3)).toEqual({
      outcome: 'conflict',
      fields: ['fields.modelo'],
    })
  })

  it('made on the newest version is always applied whole', () => {
    fc.assert(
      fc.property(edits, edits, (first, second) => {
        const one = planChanges(aState(), {}, first, 1)
        const current = one.outcome === 'changed' ? one.state : aState()
        const versions = one.outcome === 'changed' ? touch({}, one.changes, 2) : {}
        const two = planChanges(current, versions, second, 2)
        expect(two.outcome).not.toBe('conflict')
        if (two.outcome === 'changed') expect(two.state).toEqual({ ...current, ...second })
      }),
    )
  })

  it('of two made on the same version, the second is applied or refused, and never undoes the first unseen', () => {
    fc.assert(
      fc.property(edits, edits, (first, second) => {
        const one = planChanges(aState(), {}, first, 1)
        if (one.outcome !== 'changed') return
        const versions = touch({}, one.changes, 2)
        const wanted = {
          ...second,
          ...(second.fields ? { fields: { ...one.state.fields, ...second.fields } } : {}),
        }
        const two = planChanges(one.state, versions, wanted, 1)
        if (two.outcome !== 'changed') return
        for (const field of Object.keys(two.changes)) expect(Object.keys(one.changes)).not.toContain(field)
      }),
    )
  })
})
