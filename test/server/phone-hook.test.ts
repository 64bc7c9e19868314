import { describe, expect, it } from 'vitest'
import {
  MOBILE,
  admin,
  bia,
  keyId,
  post,
  problem,
  secret,
  server,
  usePhoneOffice,
} from '../support/phone-office.ts'
import { refusal } from '../support/refusal.ts'

usePhoneOffice()

describe('the hook', () => {
  it('takes JSON and forms, by a key in either header', async () => {
    const form = new URLSearchParams({ event: 'ringing', uniqueid: 'f1', callerid: MOBILE, exten: '201' })
    const answer = await post(form.toString(), { 'content-type': 'application/x-www-form-urlencoded' })
    expect([answer.status, await answer.json()]).toEqual([
      202,
      { callId: expect.any(String), state: 'ringing' },
    ])
    const bearer = await fetch(`${server.url}/hooks/phone`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'answered', call_id: 'f1' }),
    })
    expect(await bearer.json()).toMatchObject({ state: 'answered' })
    // Asterisk adds the header anew at every step of a call.
    expect(
      (await post({ event: 'ended', call_id: 'f1' }, { 'x-balcao-key': `${secret}, ${secret}` })).status,
    ).toBe(202)
    // Some can only open an address: what they tell stands in it, the key still doesn't.
    const opened = await fetch(
      `${server.url}/hooks/phone?event=ringing&uniqueid=g1&callerid=${MOBILE}&exten=201`,
      {
        headers: { 'x-balcao-key': secret },
      },
    )
    expect([opened.status, opened.headers.get('cache-control')]).toEqual([202, 'no-store'])
    expect(await admin.phone.keys.query()).toMatchObject([
      { id: keyId, name: 'Central', lastUsedAt: expect.any(String) },
    ])
  })

  it('says in the office’s language what is wrong', async () => {
    expect(await problem(post({ event: 'toca', number: '1' }))).toEqual([
      400,
      'phone.event_unknown',
      'O campo "event" diz "toca". Use incoming, answered, transferred, ended ou missed.',
    ])
    expect(
      (await problem(post({ event: 'ended', call_id: 'c1', recording_url: 'javascript:alert(1)' }))).slice(
        0,
        2,
      ),
    ).toEqual([400, 'phone.recording_no_link'])
    expect((await problem(post('{"event":')))[1]).toBe('phone.body_unreadable')
    expect((await problem(post('oi', { 'content-type': 'text/plain' }))).slice(0, 2)).toEqual([
      415,
      'phone.content_type',
    ])
    expect((await problem(post({ event: 'incoming', number: '1'.repeat(70_000) }))).slice(0, 2)).toEqual([
      413,
      'phone.too_large',
    ])
    await admin.settings.update.mutate({ locale: 'en' })
    expect((await problem(post({})))[2]).toContain('The field "event" is missing')
  })

  it('opens to a key that is not revoked, never to one in the address, and a key opens nothing else', async () => {
    const event = { event: 'incoming', number: MOBILE }
    expect((await problem(post(event, { 'x-balcao-key': '' }))).slice(0, 2)).toEqual([
      401,
      'phone.key_missing',
    ])
    expect((await problem(post(event, { 'x-balcao-key': 'x'.repeat(43) }))).slice(0, 2)).toEqual([
      401,
      'phone.key_unknown',
    ])
    for (const method of ['GET', 'POST']) {
      const inAddress = fetch(`${server.url}/hooks/phone?event=ringing&key=${secret}`, { method })
      expect((await problem(inAddress)).slice(0, 2)).toEqual([400, 'phone.key_in_address'])
      const bare = fetch(`${server.url}/hooks/phone?event=ringing`, { method })
      expect((await problem(bare)).slice(0, 2)).toEqual([401, 'phone.key_missing'])
    }
    expect(await refusal(server.client(secret).calls.current.query())).toMatchObject({
      reason: 'auth.required',
    })
    // An agent's session is no key.
    expect((await problem(post(event, { 'x-balcao-key': bia.token })))[1]).toBe('phone.key_unknown')
    // A new key and the former go side by side, until the exchange has the new one.
    const next = (await admin.phone.createKey.mutate({ name: 'Central, nova' })).secret
    expect((await post(event, { 'x-balcao-key': next })).status).toBe(202)
    await admin.phone.revokeKey.mutate({ id: keyId })
    expect((await problem(post(event)))[1]).toBe('phone.key_unknown')
    expect((await post(event, { 'x-balcao-key': next })).status).toBe(202)
    const stored = await server.services.store.read.sql<object[]>`SELECT * FROM phone_key`
    const log = await server.services.store.read.sql<object[]>`SELECT * FROM event`
    expect(JSON.stringify([stored, log])).not.toContain(secret)
  })

  it('slows down whoever tells too much, or tries too many keys', async () => {
    const answers = await Promise.all(
      Array.from({ length: 301 }, () => post({ event: 'incoming', call_id: 'c1' })),
    )
    const late = answers.filter(({ status }) => status === 429)
    expect([late.length, late[0]?.headers.get('retry-after')]).toEqual([1, '5'])
    const guesses = await Promise.all(
      Array.from({ length: 25 }, (_, i) => post({ event: 'incoming' }, { 'x-balcao-key': `guess-${i}` })),
    )
    expect(guesses.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(5)
  })
})
