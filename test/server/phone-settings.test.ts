import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newId } from '../../server/ids.ts'
import { Phone1821000000000 } from '../../server/store/migrations/1821000000000-phone.ts'
import { migrations } from '../../server/store/migrations/index.ts'
import { openStore } from '../../server/store/store.ts'
import {
  CONTACT,
  MOBILE,
  START,
  admin,
  bia,
  caio,
  davi,
  folder,
  missed,
  options,
  told,
  usePhoneOffice,
} from '../support/phone-office.ts'
import { refusal } from '../support/refusal.ts'

usePhoneOffice()

it('an office of before telephony finds the codes that a new one starts with', async () => {
  const file = join(folder, 'older.db')
  const former = migrations.slice(0, migrations.indexOf(Phone1821000000000))
  const older = await openStore({ file, entities: [], migrations: former, now: START })
  await older.write(async (tx) => {
    await tx.db.sql`INSERT INTO setting (key, value) VALUES ('office', ${JSON.stringify({ locale: 'es' })})`
  })
  await older.close()
  const newer = await openStore({ file, entities: [], now: START })
  const codes = await newer.read.sql<
    { key: string; name: string }[]
  >`SELECT key, name FROM wrap_up_code ORDER BY position`
  await newer.close()
  expect(codes).toHaveLength((await admin.wrapUpCodes.list.query()).length)
  expect(codes[0]).toEqual({ key: 'resolved', name: 'Resuelto en la llamada' })
})

describe('the office', () => {
  it('gives an extension to one person at a time, and a person who left gives theirs back', async () => {
    const set = (agentId: string, extension: string | null) =>
      admin.phone.setExtension.mutate({ agentId, extension })
    expect(await refusal(set(davi.id, '201'))).toMatchObject({ reason: 'phone.extension_taken' })
    expect(await refusal(set(davi.id, 'sala 2'))).toMatchObject({
      fieldErrors: { extension: ['phone.extension_invalid'] },
    })
    await admin.agents.deactivate.mutate({ id: bia.id })
    expect(await set(davi.id, '201')).toEqual([
      { agentId: davi.id, extension: '201' },
      { agentId: caio.id, extension: '202' },
    ])
    expect(await set(caio.id, null)).toHaveLength(1)
  })

  it('lets agents see the calls that were theirs, and all only those who oversee', async () => {
    await told('incoming', { extension: '201', recording_url: 'https://pbx/1.wav' })
    for (let i = 0; i < 3; i++)
      await told('incoming', { call_id: `d${i}`, number: `1130000${100 + i}`, extension: '202' })
    expect(await refusal(bia.api.calls.list.query({ scope: 'all' }))).toMatchObject({
      reason: 'auth.forbidden',
    })
    expect((await bia.api.calls.list.query({})).items).toMatchObject([{ recordingUrl: 'https://pbx/1.wav' }])
    const page = await caio.api.calls.list.query({ limit: 2 })
    expect(page.items.map(({ e164 }) => e164)).toEqual(['+551130000102', '+551130000101'])
    const rest = await caio.api.calls.list.query({ limit: 2, cursor: page.nextCursor })
    expect([rest.items.map(({ e164 }) => e164), rest.nextCursor]).toEqual([['+551130000100'], null])
    expect((await admin.calls.list.query({ scope: 'all', state: 'ringing' })).items).toHaveLength(4)
    const rui = await admin.customers.create.mutate(CONTACT)
    expect((await davi.api.calls.list.query({ customerId: rui.id })).items).toMatchObject([
      { recordingUrl: null },
    ])
  })

  it('keeps its own codes, and refuses options that can’t be', async () => {
    const own = await admin.wrapUpCodes.create.mutate({ name: 'Trote' })
    expect(await refusal(admin.wrapUpCodes.create.mutate({ name: 'trote' }))).toMatchObject({
      reason: 'wrapUpCodes.name_taken',
    })
    await admin.wrapUpCodes.archive.mutate({ id: own.id })
    expect((await bia.api.wrapUpCodes.list.query()).at(-1)).toMatchObject({ name: 'Trote', archived: true })
    for (const part of [missed('ticket', newId()), { unclaimed: { show: true, teamId: newId() } }])
      expect(await refusal(options(part))).toMatchObject({ reason: 'phone.team_unknown' })
    expect(await refusal(options({ dialUrl: 'javascript:{number}' }))).toMatchObject({
      fieldErrors: { dialUrl: ['phone.dial_unsafe'] },
    })
    await options({ areaCode: '11' })
    expect(await bia.api.phone.options.query()).toMatchObject({ areaCode: '11', dialUrl: 'tel:{e164}' })
    await told('incoming', { number: '98765-4321', extension: '201' })
    expect((await bia.api.calls.current.query()).items).toMatchObject([{ e164: `+55${MOBILE}` }])
  })
})
