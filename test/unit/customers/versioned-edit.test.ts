import { describe, expect, it } from 'vitest'
import { planEdit } from '../../../server/customers/versioned-edit.ts'

const fields = { name: 'José', emails: ['jose@ipe.example'], notes: '' }
/** As it is after somebody changed the name in version 2 and the notes in version 3. */
const current = { fields, version: 3, fieldVersions: { name: 2, notes: 3 } }

describe('an edit', () => {
  it('made on the newest version changes what it names', () => {
    expect(planEdit(current, 3, { name: 'João' })).toEqual({ changed: { name: 'João' }, conflicts: [] })
  })

  it('made on an older version merges when nobody touched its fields since', () => {
    expect(planEdit(current, 2, { name: 'João' })).toEqual({ changed: { name: 'João' }, conflicts: [] })
    expect(planEdit(current, 1, { emails: [] })).toEqual({ changed: { emails: [] }, conflicts: [] })
  })

  it('made on an older version conflicts in the fields that somebody changed since', () => {
    const plan = planEdit(current, 1, { name: 'João', emails: [], notes: 'Só à tarde' })
    expect(plan.conflicts).toEqual(['name', 'notes'])
  })

  it('to what the field already holds is no change and no conflict', () => {
    expect(planEdit(current, 1, { name: 'José', emails: ['jose@ipe.example'] })).toEqual({
      changed: {},
      conflicts: [],
    })
  })

  it('made on a version that does not exist conflicts', () => {
    expect(planEdit(current, 9, { emails: [] }).conflicts).toEqual(['emails'])
  })

  it('leaves alone what it does not name', () => {
    expect(planEdit(current, 3, { name: undefined, notes: 'x' }).changed).toEqual({ notes: 'x' })
  })
})
