import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { fieldMessages, toFailure, toUserMessage } from '../../src-renderer/api/errors.ts'
import { errorKey } from '../../src-renderer/api/reasons.ts'

const refusal = (data: Record<string, unknown>) =>
  TRPCClientError.from({ error: { message: String(data['reason']), code: -32_000, data } } as never)

const t = (key: string, values: Record<string, unknown>) => `${key} ${JSON.stringify(values)}`

test.each([
  [
    'a refusal',
    refusal({ code: 'NOT_FOUND', httpStatus: 404, reason: 'ticket.not_found' }),
    'refused',
    'ticket.not_found',
  ],
  [
    'a fault',
    refusal({ code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, reason: 'server.fault', faultId: 'f1' }),
    'fault',
    'server.fault',
  ],
  ['no network', TRPCClientError.from(new TypeError('Failed to fetch')), 'offline', 'client.offline'],
  [
    'an answer that is not ours',
    TRPCClientError.from(new SyntaxError('Unexpected token <')),
    'offline',
    'client.offline',
  ],
  [
    'no answer in time',
    TRPCClientError.from(new DOMException('', 'TimeoutError')),
    'offline',
    'client.timeout',
  ],
  ['a bare network error', new TypeError('network'), 'offline', 'client.offline'],
  ['a mistake of our own', new RangeError('oops'), 'fault', 'client.fault'],
])('%s is told apart', (_name, error, kind, reason) => {
  expect(toFailure(error)).toMatchObject({ kind, reason })
})

test('what a refusal carries is kept: the current state, the fields, the id of the fault', () => {
  const failure = toFailure(
    refusal({
      code: 'CONFLICT',
      httpStatus: 409,
      reason: 'ticket.changed_meanwhile',
      current: { version: 7 },
      fieldErrors: { subject: ['input.too_big'] },
    }),
  )
  expect(failure.details['current']).toEqual({ version: 7 })
  expect(failure.fieldErrors).toEqual({ subject: ['input.too_big'] })
  expect(
    toFailure(
      refusal({ code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, reason: 'server.fault', faultId: 'f1' }),
    ).faultId,
  ).toBe('f1')
})

test('a reason without a text of its own is said in general words, with the reason for whoever helps', () => {
  const message = toUserMessage(refusal({ code: 'BAD_REQUEST', httpStatus: 400, reason: 'moon.eclipsed' }), t)
  expect(message).toMatch(/^errors\.general\.refused /)
  expect(message).toContain('moon.eclipsed')
  expect(errorKey('types.name_taken', 'refused')).toBe('errors.any.name_taken')
})

test('limits and waits are told in units that people read', () => {
  const tooLarge = refusal({
    code: 'PAYLOAD_TOO_LARGE',
    httpStatus: 413,
    reason: 'files.too_large',
    limit: 26_214_400,
  })
  expect(toUserMessage(tooLarge, t)).toContain('"limitMb":25')
  const slowDown = refusal({
    code: 'TOO_MANY_REQUESTS',
    httpStatus: 429,
    reason: 'auth.slow_down',
    retryAfterMs: 1_200,
  })
  expect(toUserMessage(slowDown, t)).toContain('"seconds":2')
})

test('the texts of a field are those of that field', () => {
  const error = refusal({
    code: 'BAD_REQUEST',
    httpStatus: 400,
    reason: 'input.invalid',
    fieldErrors: { name: ['input.too_small'] },
  })
  expect(fieldMessages(error, 'name', t)).toHaveLength(1)
  expect(fieldMessages(error, 'email', t)).toEqual([])
})

test('every reason that the server gives has a text', () => {
  const root = join(import.meta.dirname, '../../server')
  const sources = globSync('**/*.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'))
  const reasons = sources.flatMap((text) => [
    ...[...text.matchAll(/new AppError\(\s*'[A-Z_]+',\s*'([a-z_.]+)'/g)].map((match) => match[1]),
    ...[...text.matchAll(/invalid\(\s*[^,()]+,\s*'([a-z_.]+)'/g)].map((match) => match[1]),
    ...[...text.matchAll(/notFound\('([a-z]+)'\)/g)].map((match) => `${match[1]}.not_found`),
  ])
  expect(reasons.length).toBeGreaterThan(50)
  // Only a client that is itself at fault meets these.
  const ofBrokenClients = ['input.command_id']
  const unsaid = reasons.filter(
    (reason) => reason && errorKey(reason, 'refused') === 'errors.general.refused',
  )
  expect(unsaid.filter((reason) => reason && !ofBrokenClients.includes(reason))).toEqual([])
})
