import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { OwnCallReport } from '../../../server/phone/contract.ts'
import { createPhoneHook } from '../../../src-main/phone/hook.ts'
import { isKey, refuseStranger } from '../../../src-main/phone/knock.ts'
import type { SettingsFile } from '../../../src-main/settings/settings.ts'
import { createFakeClock } from './alert-desk.ts'

type Settings = ReturnType<SettingsFile['read']>

async function holdPort() {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  return { port, free: () => new Promise((resolve) => holder.close(resolve)) }
}

/** A computer with a hook that is switched on, on a real port. */
async function aHook() {
  const { port, free } = await holdPort()
  const clock = createFakeClock()
  const kept = { hearsPhones: false, phonePort: port, phoneKey: null as string | null }
  const told: OwnCallReport[] = []
  const desk = { isSignedIn: true }
  const hook = createPhoneHook({
    ports: { clock, log: () => undefined },
    settings: { read: () => kept as Settings, update: (changes) => void Object.assign(kept, changes) },
    language: () => 'en',
    report(report) {
      told.push(report)
      return desk.isSignedIn
    },
  })
  onTestFinished(() => hook.stop())
  const post = async (body: string, { key = kept.phoneKey ?? '', type = 'application/json' } = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}/hooks/phone`, {
      ...{ method: 'POST', body, headers: { 'x-balcao-key': key, 'content-type': type } },
    })
    const said = (await answer.json()) as { error?: { reason: string; message: string } }
    return [answer.status, said.error?.reason ?? 'accepted'] as const
  }
  return { hook, clock, kept, told, desk, free, post }
}

const ring = JSON.stringify({ event: 'ringing', callerid: '11987654321', ramal: '201', talk_seconds: '3' })

test('it understands what the server’s hook understands, and leaves the extension to whoever is signed in', async () => {
  const { hook, free, post, told } = await aHook()
  await free()
  expect(await hook.set({ on: true })).toMatchObject({ on: true, step: 'listening' })
  expect(await post(ring)).toEqual([202, 'accepted'])
  expect(told).toEqual([
    {
      ...{ event: 'incoming', callId: null, number: '11987654321', direction: null },
      ...{ recordingUrl: null, talkMs: 3_000, at: null },
    },
  ])
  expect(await post('event=ended&number=1', { type: 'application/x-www-form-urlencoded' })).toEqual([
    202,
    'accepted',
  ])
  expect(await post('{')).toEqual([400, 'phone.body_unreadable'])
  expect(await post('[]')).toEqual([400, 'phone.body_no_object'])
  expect(await post('x', { type: 'text/plain' })).toEqual([415, 'phone.content_type'])
  expect(await post(JSON.stringify({ event: 'ring', number: '1'.repeat(70_000) }))).toEqual([
    413,
    'phone.too_large',
  ])
  expect(told).toHaveLength(2)
})

test('with nobody signed in a call is nobody’s, and that is said', async () => {
  const { hook, free, post, desk } = await aHook()
  await free()
  await hook.set({ on: true })
  desk.isSignedIn = false
  expect(await post(ring)).toEqual([503, 'phone.nobody_here'])
})

test('whoever tries keys is slowed down, and the telephone with the right one is not; nor may it flood', async () => {
  const { hook, free, post, clock } = await aHook()
  await free()
  await hook.set({ on: true })
  for (let n = 0; n < 20; n += 1)
    expect(await post(ring, { key: `x${n}` })).toEqual([401, 'phone.key_unknown'])
  expect(await post(ring, { key: 'x' })).toEqual([429, 'phone.too_many'])
  for (let n = 0; n < 60; n += 1) expect((await post(ring))[0]).toBe(202)
  expect(await post(ring)).toEqual([429, 'phone.too_many'])
  clock.sleep(1_000)
  expect((await post(ring))[0]).toBe(202)
})

test('a port that another program has is told, and had as soon as it is free; the key stays the same', async () => {
  const { hook, free, clock, kept } = await aHook()
  expect(await hook.set({ on: true })).toMatchObject({ step: 'portTaken' })
  const key = kept.phoneKey
  await free()
  await clock.advance(30_000)
  await expect.poll(() => hook.view().step).toBe('listening')
  expect(await hook.set({ on: false })).toMatchObject({ step: 'off', key })
  expect(await hook.set({ on: true })).toMatchObject({ step: 'listening', key })
  expect(hook.renew().key).not.toBe(key)
})

test('only this computer’s own names are answered to, and no page of a browser', () => {
  const knock = (headers: Record<string, string>, target = '/hooks/phone', method = 'GET') =>
    refuseStranger({ method, target, headers: { host: '127.0.0.1:4811', ...headers } }, 4811)?.problem ?? null
  expect(knock({})).toBeNull()
  expect(knock({ host: 'LOCALHOST:4811' })).toBeNull()
  expect(knock({ 'sec-fetch-site': 'none' })).toBeNull()
  for (const host of [
    '',
    '127.0.0.1',
    '127.0.0.1:80',
    'localhost.intruso.example:4811',
    'intruso.example:4811',
  ])
    expect(knock({ host })).toBe('host_unknown')
  for (const site of ['cross-site', 'same-site', 'same-origin'])
    expect(knock({ 'sec-fetch-site': site })).toBe('browser_refused')
  for (const origin of ['null', 'http://127.0.0.1:4811', ''])
    expect(knock({ origin })).toBe('browser_refused')
  expect(knock({}, '/hooks/phone/../other')).toBe('not_found')
  expect(knock({}, 'http://127.0.0.1:4811/hooks/phone')).toBe('not_found')
  expect(knock({}, '/hooks/phone', 'OPTIONS')).toBe('method')
  expect([isKey('a', 'a'), isKey('a', 'ab'), isKey('', 'a')]).toEqual([true, false, false])
})
