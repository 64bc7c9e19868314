import fc from 'fast-check'
import { z } from 'zod'

/** The parts of JSON Schema that our inputs are made of. */
interface Schema {
  type?: string
  anyOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  format?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  /** Of a tuple, which has no further items. */
  prefixItems?: Schema[]
  maxItems?: number
  minimum?: number
  maximum?: number
  maxLength?: number
}

/** JSON has numbers that JavaScript has not; {@link toJson} puts them in place of these. */
const OVERFLOW = '\u{E123}1e999'
const UNDERFLOW = '\u{E123}-1e999'

export const toJson = (value: unknown): string =>
  (JSON.stringify(value) ?? '').replaceAll(/"\u{E123}(-?1e999)"/gu, '$1')

const nastyStrings = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\u{202E}fdp.exe',
    '\u{D800}',
    '\u{FEFF}',
    '\u{301}',
    '👩‍👩‍👧‍👦',
    'İstanbul ﬁ ﷺ',
    'não',
    'na\u{303}o',
  ],
  ...[
    `'; DROP TABLE ticket; --`,
    '" OR "a"',
    'NEAR(a b)',
    'a AND',
    'subject : x',
    '*',
    'a*',
    '%',
    '_',
    '\\',
    '^$(.*',
    '(a+)+$',
  ],
  ...[
    '../../etc/passwd',
    'CON',
    '\r\nx: y',
    '<script>alert(1)</script>',
    '<a href="javascript:x">',
    '{{7*7}}',
    'null',
    '[]',
    '{}',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'me', 'none', 'mine', 'new', 'urgent', 'vip'],
  ...[
    '-1',
    '1e999',
    'NaN',
    '0x10',
    '2026-02-30',
    '9999-99-99',
    '-P9999DT9999H',
    '-P',
    '-PT',
    '+275760-09-14',
    '0000-01-01T00:00:00+23:59',
  ],
  ...[
    'WzFlOTk5LDFd',
    'WzAuNSwxXQ',
    'Wy0xLC0xXQ',
    'W251bGwsMV0',
    'eyJsZW5ndGgiOjJ9',
    'WyIiLDFd',
    'WyLil4ciLCIiXQ',
    '!',
  ],
  ...[
    'ana@ipe.example',
    'a@b',
    '@',
    '11987654321',
    '+55 11 98765-4321',
    '529.982.247-25',
    '2026-000001',
    '000001',
  ],
  ...[
    'x'.repeat(79),
    'á'.repeat(161),
    'a b '.repeat(100),
    '9'.repeat(40),
    '<b>'.repeat(2_000),
    '\n'.repeat(500),
  ],
]
const nastyNumbers = [-1, 0, 1, 1.5, -0, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324, OVERFLOW, UNDERFLOW]

const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { length: 1 }, ...nastyNumbers),
  fc.constantFrom(...nastyStrings),
  fc.constantFrom('x'.repeat(10_000), 'ação '.repeat(2_500)),
  fc.constant(JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":1}}') as unknown),
  fc.constant(JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown),
  fc.constant(JSON.parse(`${'{"all":['.repeat(40)}${']}'.repeat(40)}`) as unknown),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

/** Deeper than this a tree of conditions is cut off: its schema has 250 kB. */
const MAX_DEPTH = 9

/** Values that fit, by the name of the property that takes them; `uuid` for any other id. */
export type Pools = Record<string, readonly unknown[]> & { uuid: readonly string[] }

/** Inputs that mostly have the schema's shape (so that they reach the work behind it) and are hostile all over. */
export function hostileInputs(schema: z.ZodType, pools: Pools): fc.Arbitrary<unknown> {
  return mostly(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, pools, 0)
}

function mostly(schema: Schema, pools: Pools, depth: number): fc.Arbitrary<unknown> {
  if (depth > MAX_DEPTH) return nasty
  return fc.oneof(
    { weight: 30, arbitrary: fitting(schema, pools, depth + 1) },
    { weight: 1, arbitrary: nasty },
  )
}

function fitting(schema: Schema, pools: Pools, depth: number): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((option) => fitting(option, pools, depth)))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  switch (schema.type) {
    case 'object':
      return objects(schema, pools, depth)
    case 'array':
      if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map((item) => mostly(item, pools, depth)))
      return fc.array(mostly(schema.items ?? {}, pools, depth), {
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      })
    case 'string':
      return strings(schema, pools)
    case 'integer':
    case 'number':
      return numbers(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return nasty
  }
}

function objects(
  { properties = {}, required = [], additionalProperties }: Schema,
  pools: Pools,
  depth: number,
): fc.Arbitrary<unknown> {
  const valueOf = (name: string, node: Schema): fc.Arbitrary<unknown> => {
    const pool = pools[name]
    const any = mostly(node, pools, depth)
    return pool
      ? fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pool) }, { weight: 1, arbitrary: any })
      : any
  }
  const known = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, node]) => [name, valueOf(name, node)])),
    { requiredKeys: required },
  )
  const node = typeof additionalProperties === 'object' ? additionalProperties : undefined
  const others = node
    ? fc.dictionary(fc.constantFrom('constructor', 'serial', 'serial', 'x'), mostly(node, pools, depth), {
        maxKeys: 2,
      })
    : fc.constant({})
  return fc.tuple(known, others).map(([one, other]) => ({ ...one, ...other }))
}

function strings({ format, maxLength }: Schema, { uuid }: Pools): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.constantFrom(...uuid)
  const anything = fc.constantFrom(...nastyStrings, ...uuid).map((text) => text.slice(0, maxLength))
  const words = fc.lorem({ maxCount: 3 }).map((text) => text.slice(0, maxLength))
  const instants = fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  if (format === 'date-time')
    return fc.oneof({ weight: 4, arbitrary: instants }, { weight: 1, arbitrary: anything })
  return fc.oneof({ weight: 2, arbitrary: anything }, { weight: 1, arbitrary: words })
}

function numbers({ minimum, maximum }: Schema): fc.Arbitrary<unknown> {
  const [min, max] = [Math.max(minimum ?? -10, -10), Math.min(maximum ?? 10, 10)]
  const range = { min: Math.min(min, max), max }
  const isWhole = Number.isInteger(range.min) && Number.isInteger(max)
  return fc.oneof(
    { weight: 12, arbitrary: isWhole ? fc.integer(range) : fc.double({ ...range, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(...nastyNumbers, minimum, maximum) },
  )
}
