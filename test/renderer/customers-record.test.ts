import { describe, expect, test } from 'vitest'
import type { CustomerView, TierView } from '../../server/customers/contract.ts'
import type { Failure } from '../../src-renderer/api/errors.ts'
import {
  formatContact,
  parseContact,
  withContact,
  withMain,
} from '../../src-renderer/features/customers/contacts.ts'
import { documentState, formatDocument } from '../../src-renderer/features/customers/documents.ts'
import {
  customersToBe,
  editConflicts,
  expectedCustomer,
  type CustomerChanges,
} from '../../src-renderer/features/customers/expected-customer.ts'
import {
  beginDraft,
  draftProblems,
  duplicatesQuestion,
  hasProblems,
  toCreateInput,
} from '../../src-renderer/features/customers/new-customer.ts'
import type { Command } from '../../src-renderer/outbox/command.ts'

const CPF = '529.982.247-25'
const CNPJ = '11.222.333/0001-81'

describe('contacts', () => {
  test('phones are read as Brazilians write them and shown as they read them', () => {
    expect(parseContact('phone', '11 98765-4321')).toBe('+5511987654321')
    expect(parseContact('phone', '+351 912 345 678')).toBe('+351912345678')
    expect(parseContact('phone', '123')).toBeNull()
    expect(formatContact('phone', '+5511987654321')).toBe('(11) 98765-4321')
    expect(formatContact('phone', '+351912345678')).toBe('+351 912 345 678')
  })

  test('an address needs a name, an at sign and a whole domain', () => {
    expect(parseContact('email', ' Jose@Padaria.example ')).toBe('jose@padaria.example')
    expect(
      ['jose', 'jose@padaria', 'jo se@padaria.example'].map((text) => parseContact('email', text)),
    ).toEqual([null, null, null])
  })

  test('editing one contact leaves the others, a blank takes it out, and none stands twice', () => {
    const values = ['a@x.example', 'b@x.example']
    expect(withContact('email', values, 1, 'c@x.example')).toEqual(['a@x.example', 'c@x.example'])
    expect(withContact('email', values, 2, 'd@x.example')).toEqual([...values, 'd@x.example'])
    expect(withContact('email', values, 0, ' ')).toEqual(['b@x.example'])
    expect(withContact('email', values, 2, 'A@x.example')).toEqual(values)
    expect(withContact('email', values, 0, 'a@')).toBeNull()
  })

  test('the main contact is the first', () => {
    expect(withMain(['a', 'b', 'c'], 2)).toEqual(['c', 'a', 'b'])
  })
})

test('a document is told apart while it is typed, and gets its punctuation when it is whole', () => {
  expect(['', '529', CPF, '52998224726', CNPJ].map(documentState)).toEqual([
    'empty',
    'short',
    'cpf',
    'wrong',
    'cnpj',
  ])
  expect(formatDocument('52998224725')).toBe(CPF)
  expect(formatDocument('11222333000181')).toBe(CNPJ)
  expect(formatDocument(' 529 ')).toBe('529')
})

describe('a new customer', () => {
  test('begins with what was searched for, in the field where it belongs', () => {
    expect(beginDraft('Padaria São José').name).toBe('Padaria São José')
    expect(beginDraft('jose@padaria.example').emails).toEqual(['jose@padaria.example'])
    expect(beginDraft('(11) 98765-4321').phones).toEqual(['(11) 98765-4321'])
    expect(beginDraft(CPF)).toMatchObject({ document: CPF, name: '' })
  })

  test('says which of its fields are wrong', () => {
    const draft = { ...beginDraft(''), phones: ['11 98765-4321', '12'], emails: ['x'], document: '529' }
    const problems = draftProblems(draft)
    expect(problems).toEqual({ name: true, phones: [false, true], emails: [true], document: true })
    expect(hasProblems(problems)).toBe(true)
    expect(hasProblems(draftProblems(beginDraft('José')))).toBe(false)
  })

  test('is sent without its blank lines', () => {
    const draft = { ...beginDraft(' José '), phones: ['', '11 98765-4321 '] }
    expect(toCreateInput('id', draft)).toMatchObject({
      id: 'id',
      name: 'José',
      phones: ['11 98765-4321'],
      emails: [],
      document: null,
    })
  })

  test('asks about duplicates as soon as there is something to go by, and leaves out what is half typed', () => {
    expect(duplicatesQuestion(beginDraft('Jo'))).toBeNull()
    expect(duplicatesQuestion({ ...beginDraft('José'), emails: ['jose@'] })).toEqual({
      name: 'José',
      emails: [],
      phones: [],
      document: '',
    })
    expect(duplicatesQuestion({ ...beginDraft(''), phones: ['11 98765-4321'] })?.phones).toEqual([
      '11 98765-4321',
    ])
  })
})

const customer: CustomerView = {
  id: 'jose',
  name: 'José',
  email: 'jose@padaria.example',
  phone: null,
  emails: ['jose@padaria.example'],
  phones: [],
  document: null,
  tier: null,
  organization: null,
  notes: '',
  version: 3,
  createdAt: '2026-01-05T12:00:00.000Z',
  updatedAt: '2026-01-05T12:00:00.000Z',
}
const vip: TierView = { id: 'tier-vip', key: 'vip', name: 'VIP', weight: 100, position: 1, archivedAt: null }
const names = { tiers: [vip], organizationName: (id: string) => (id === 'padaria' ? 'Padaria' : null) }

const command = (procedure: string, input: object, more: Partial<Command> = {}): Command =>
  ({
    id: 'command',
    procedure,
    input,
    subject: 'jose',
    state: 'waiting',
    createdAt: 0,
    attempts: 0,
    failure: null,
    ...more,
  }) as Command

test('edits on their way are laid over the record, rows by their names', () => {
  const expected = expectedCustomer(
    customer,
    [
      command('customers.update', { id: 'jose', version: 3, changes: { name: 'José Lima', tier: 'vip' } }),
      command('customers.update', {
        id: 'jose',
        version: 3,
        changes: { organizationId: 'padaria', emails: [] },
      }),
      command(
        'customers.update',
        { id: 'maria', version: 1, changes: { name: 'Maria' } },
        { subject: 'maria' },
      ),
    ],
    names,
  )
  expect(expected).toMatchObject({
    name: 'José Lima',
    tier: { id: 'tier-vip', name: 'VIP' },
    organization: { name: 'Padaria' },
  })
  expect(expected).toMatchObject({ emails: [], email: null, version: 3 })
})

test('a customer made without a network is listed with what is known', () => {
  const [made] = customersToBe(
    [command('customers.create', { id: 'jose', name: 'José', phones: ['11 98765-4321'], tier: 'tier-vip' })],
    names,
  )
  expect(made).toMatchObject({ id: 'jose', name: 'José', phone: '11 98765-4321', tier: { name: 'VIP' } })
})

test('a conflict shows both versions of the fields that met, until its author decides', () => {
  const current = { ...customer, notes: 'deles', version: 4 }
  const failure: Failure = {
    ...{ kind: 'refused', reason: 'customer.changed', code: 'CONFLICT', fieldErrors: {}, faultId: null },
    details: { current, fields: ['notes', 'tierId'] },
  }
  const changes: CustomerChanges = { notes: 'meu', tier: 'vip' }
  const refused = command(
    'customers.update',
    { id: 'jose', version: 3, changes },
    { state: 'refused', failure },
  )
  expect(editConflicts('customers.update', 'jose', [refused])).toEqual([
    { commandId: 'command', current, changes, fields: ['notes', 'tier'] },
  ])
  expect(editConflicts('customers.update', 'maria', [refused])).toEqual([])
  expect(
    editConflicts('customers.update', 'jose', [{ ...refused, failure: { ...failure, code: 'BAD_REQUEST' } }]),
  ).toEqual([])
})
