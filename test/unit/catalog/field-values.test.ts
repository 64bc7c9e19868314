import { describe, expect, test } from 'vitest'
import type {
  CustomFieldView,
  FieldKind,
  FieldValue,
  FieldValuesInput,
} from '../../../server/catalog/contract.ts'
import { parseFieldValues } from '../../../server/catalog/field-values.ts'

const option = (key: string, archived = false) => ({ key, name: key, archived })
const aField = (key: string, kind: FieldKind, rest: Partial<CustomFieldView> = {}): CustomFieldView => ({
  id: key,
  key,
  name: key,
  kind,
  options: [],
  position: 0,
  archived: false,
  ...rest,
})
const systems = [option('windows'), option('mac'), option('linux'), option('dos', true)]
const fields = [
  aField('serial', 'text'),
  aField('seats', 'number'),
  aField('installed_on', 'date'),
  aField('on_site', 'boolean'),
  aField('system', 'select', { options: systems }),
  aField('systems', 'multiselect', { options: systems }),
  aField('retired', 'text', { archived: true }),
]
const snapshot = { fieldByKey: new Map(fields.map((field) => [field.key, field])) }
const parse = (input: FieldValuesInput, current?: Record<string, FieldValue>) =>
  parseFieldValues(snapshot, input, current)
const refusal = (input: FieldValuesInput, current?: Record<string, FieldValue>) => {
  try {
    return parse(input, current)
  } catch (error) {
    return error
  }
}

describe('values of custom fields', () => {
  test('are kept as their kind says, texts trimmed and options in the field’s order', () => {
    expect(
      parse({
        serial: '  AB-12 ',
        seats: 0,
        installed_on: '2024-02-29',
        on_site: false,
        system: 'mac',
        systems: ['linux', 'windows', 'linux'],
      }),
    ).toEqual({
      serial: 'AB-12',
      seats: 0,
      installed_on: '2024-02-29',
      on_site: false,
      system: 'mac',
      systems: ['windows', 'linux'],
    })
  })

  test.each<[string, FieldValuesInput[string]]>([
    ['serial', null],
    ['serial', '   '],
    ['systems', []],
    ['retired', null],
  ])('are cleared by nothing: %s %j', (key, value) => {
    expect(parse({ [key]: value })).toEqual({ [key]: null })
  })

  test.each<[string, FieldValuesInput[string]]>([
    ['serial', 12],
    ['serial', 'x'.repeat(4_001)],
    ['seats', '12'],
    ['seats', Number.POSITIVE_INFINITY],
    ['installed_on', '2023-02-29'],
    ['installed_on', '29/02/2024'],
    ['installed_on', '2024-02-29T00:00:00Z'],
    ['on_site', 'true'],
    ['system', ['mac']],
    ['systems', 'mac'],
  ])('of another kind are refused at their field: %s %j', (key, value) => {
    expect(refusal({ [key]: value })).toMatchObject({
      code: 'VALIDATION',
      reason: 'fields.value_unfit',
      details: { fieldErrors: { [`fields.${key}`]: ['fields.value_unfit'] } },
    })
  })

  test('name only fields and options that there are', () => {
    expect(refusal({ nothing: 'x' })).toMatchObject({ reason: 'fields.unknown' })
    expect(refusal({ retired: 'x' })).toMatchObject({ reason: 'fields.archived' })
    expect(refusal({ system: 'amiga' })).toMatchObject({ reason: 'fields.option_unknown' })
  })

  test('may keep an archived option, but not newly choose it', () => {
    expect(refusal({ system: 'dos' })).toMatchObject({ reason: 'fields.option_unknown' })
    expect(parse({ system: 'dos' }, { system: 'dos' })).toEqual({ system: 'dos' })
    expect(parse({ systems: ['dos', 'mac'] }, { systems: ['dos'] })).toEqual({ systems: ['mac', 'dos'] })
  })
})
