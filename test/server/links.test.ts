import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal } from '../support/refusal.ts'
import { startPromiseOffice, type PromiseOffice } from '../support/promise-office.ts'
import type { Client } from '../support/server.ts'

let office: PromiseOffice
let carla: Client

beforeAll(async () => {
  office = await startPromiseOffice()
  carla = office.carla.api
})
afterAll(() => office[Symbol.asyncDispose]())

const get = (id: string, api = carla) => api.tickets.get.query({ id })
const merge = (sourceId: string, targetId: string, api = carla) =>
  api.tickets.merge.mutate({ sourceId, targetId })
const say = (ticketId: string, body: string, kind: 'public' | 'note' = 'public', api = carla) =>
  api.tickets.reply.mutate({ ticketId, body, kind })
const setStatus = async (id: string, statusId: string) =>
  carla.tickets.update.mutate({ ticketId: id, version: (await get(id)).version, changes: { statusId } })
const clockOf = async (id: string, metric: string) =>
  (await get(id)).sla.find((clock) => clock.metric === metric)
const minute = (minutes = 1) => office.clock.advance({ minutes })

describe('merging', () => {
  it('ends the source, keeps the target its owner, and shows both conversations in the order they were said', async () => {
    const a = await office.ticket({ subject: 'A', body: 'um', tags: ['toner'] })
    minute()
    const b = await office.ticket({ subject: 'B', body: 'dois', tags: ['urgente'] })
    minute()
    await say(a, 'três', 'note')
    minute()
    await say(b, 'quatro', 'note')
    const answer = await merge(a, b)
    const [source, target] = [await get(a), await get(b)]
    expect(answer).toEqual({
      ...{ sourceId: a, sourceVersion: source.version },
      survivor: { id: b, number: target.number },
    })
    expect(source.status).toMatchObject({ class: 'closed', key: 'closed' })
    expect(source.merges).toEqual({
      into: {
        id: b,
        number: target.number,
        subject: 'B',
        requester: { id: target.requester.id, name: 'José Almeida' },
      },
      from: [],
      hidden: 0,
    })
    expect(source.messages.map(({ text }) => text)).toEqual(['um', 'três'])
    expect(target.messages.map(({ text, origin }) => [text, origin?.number ?? null])).toEqual([
      ['um', source.number],
      ['dois', null],
      ['três', source.number],
      ['quatro', null],
    ])
    expect(target.agent?.id).toBe(office.carla.id)
    expect(target.tags.map(({ name }) => name).sort()).toEqual(['toner', 'urgente'])
    for (const ticket of [source, target])
      expect(ticket.timeline.map(({ type }) => type)).toContain('ticket.merged')
  })

  it('names each customer, whichever ticket they wrote in', async () => {
    const a = await office.ticket({ requester: { name: 'Marina Reis' } })
    const b = await office.ticket({ requester: { name: 'Otávio Brandão' } })
    await merge(a, b)
    expect((await get(b)).messages.map(({ author }) => author.name)).toEqual([
      'Marina Reis',
      'Otávio Brandão',
    ])
    expect((await get(b)).merges?.from).toMatchObject([{ id: a, requester: { name: 'Marina Reis' } }])
  })

  it('hears in the survivor what is written to the source, by customers and by agents', async () => {
    const a = await office.ticket({ requester: { name: 'Dona Cida' } })
    const [b, c] = [await office.ticket(), await office.ticket()]
    await merge(a, b)
    await merge(b, c)
    await office.customerWrites(a)
    const resolved = { ticketId: a, kind: 'public', body: 'Respondido', statusId: 'resolved' } as const
    expect(await carla.tickets.reply.mutate(resolved)).toMatchObject({ ticketId: c })
    const survivor = await get(c)
    expect(survivor.messages.slice(-2).map(({ text, ticketId }) => [text, ticketId])).toEqual([
      ['E então?', c],
      ['Respondido', c],
    ])
    expect(survivor.messages.at(-2)?.author.name).toBe('Dona Cida')
    expect(survivor.status.class, 'what was to end the source does not end its survivor').toBe('open')
    expect((await get(a)).merges?.into).toMatchObject({ id: c })
    expect((await get(a)).messages).toHaveLength(1)
  })

  it('reopens a target that was done, when the source was open', async () => {
    const [a, b] = [await office.ticket(), await office.ticket()]
    await setStatus(b, 'resolved')
    await merge(a, b)
    expect((await get(b)).status.class).toBe('open')
    await carla.tickets.unmerge.mutate({ ticketId: a })
    expect((await get(b)).status.class, 'and the undo puts it back').toBe('resolved')
  })

  it('is refused into itself, twice, in a circle and into one that was merged itself', async () => {
    const [a, b, c] = [await office.ticket(), await office.ticket(), await office.ticket()]
    expect((await refusal(merge(a, a))).reason).toBe('merge.itself')
    await merge(a, b)
    const { number } = await get(b)
    expect(await refusal(merge(b, a))).toMatchObject({ reason: 'merge.circle', name: number })
    expect((await refusal(merge(a, c))).reason).toBe('merge.already_merged')
    expect(await refusal(merge(c, a))).toMatchObject({ reason: 'merge.target_merged', name: number })
    expect((await refusal(setStatus(a, 'open'))).reason).toBe('ticket.merged')
  })

  it('is refused when somebody changed the status since it was decided on', async () => {
    const [a, b] = [await office.ticket(), await office.ticket()]
    const { version } = await get(a)
    await setStatus(a, 'waiting')
    const late = carla.tickets.merge.mutate({ sourceId: a, targetId: b, version })
    expect(await refusal(late)).toMatchObject({ reason: 'ticket.changed_meanwhile', fields: ['statusId'] })
  })

  it('is found under its own words still', async () => {
    const [a, b] = [await office.ticket({ subject: 'Zarabatana quebrada' }), await office.ticket()]
    await merge(a, b)
    const { items } = await carla.tickets.search.query({ text: 'zarabatana' })
    expect(items.map(({ ticket }) => ticket.id)).toEqual([a])
    expect((await carla.tickets.get.query({ number: (await get(a)).number })).merges?.into).toMatchObject({
      id: b,
    })
  })
})

describe('taking a merge back', () => {
  it('gives the source back its status and its words, and leaves with the survivor what came later', async () => {
    const [a, b] = [await office.ticket({ tags: ['toner'] }), await office.ticket({ tags: [] })]
    await setStatus(a, 'waiting')
    await merge(a, b)
    await say(a, 'Depois da junção')
    const { version } = await carla.tickets.unmerge.mutate({ ticketId: a })
    const [source, target] = [await get(a), await get(b)]
    expect(source).toMatchObject({ version, status: { class: 'waiting' } })
    expect(source.merges).toBeUndefined()
    expect(source.messages.map(({ text }) => text)).toEqual(['Pedi na segunda e nada.'])
    expect(target.messages.map(({ text }) => text)).toEqual(['Pedi na segunda e nada.', 'Depois da junção'])
    expect(target.tags).toEqual([])
    for (const ticket of [source, target])
      expect(ticket.timeline.map(({ type }) => type)).toContain('ticket.unmerged')
    expect((await refusal(carla.tickets.unmerge.mutate({ ticketId: a }))).reason).toBe('merge.not_merged')
  })

  it('can be done in the middle of a chain', async () => {
    const [a, b, c] = [await office.ticket(), await office.ticket(), await office.ticket()]
    await merge(a, b)
    await merge(b, c)
    expect((await get(c)).merges?.from.map(({ id }) => id)).toEqual([a, b])
    await carla.tickets.unmerge.mutate({ ticketId: b })
    expect((await get(c)).merges).toBeUndefined()
    expect((await get(b)).merges?.from.map(({ id }) => id)).toEqual([a])
    expect((await get(a)).merges?.into).toMatchObject({ id: b })
  })
})

describe('promises of merged tickets', () => {
  it('are called off in the source; the target owes the answer that was owed longest, and its undo gives all back', async () => {
    const [a, b] = [await office.ticket(), await office.ticket()]
    await say(a, 'Recebi.')
    await say(b, 'Recebi.')
    minute()
    await office.customerWrites(a)
    const owed = await clockOf(a, 'nextResponse')
    expect(owed).toMatchObject({ status: 'running' })
    minute(5)
    await merge(a, b)
    expect((await get(a)).sla.map(({ status }) => status)).toEqual(['met', 'cancelled', 'cancelled'])
    const inherited = await clockOf(b, 'nextResponse')
    expect(inherited).toMatchObject({ status: 'running', dueAt: owed?.dueAt })
    expect((await get(b)).waitingSince).not.toBeNull()
    await carla.tickets.unmerge.mutate({ ticketId: a })
    expect(await clockOf(a, 'nextResponse')).toMatchObject({ status: 'running', dueAt: owed?.dueAt })
    expect(await clockOf(a, 'resolution')).toMatchObject({ status: 'running' })
    expect(await clockOf(b, 'nextResponse')).toMatchObject({ status: 'cancelled' })
    expect((await get(b)).waitingSince).toBeNull()
  })

  it('stand still in the source while it is merged', async () => {
    const [a, b] = [await office.ticket(), await office.ticket()]
    const before = await clockOf(a, 'resolution')
    await merge(a, b)
    minute(30)
    await carla.tickets.unmerge.mutate({ ticketId: a })
    const after = await clockOf(a, 'resolution')
    expect(Date.parse(after?.dueAt ?? '') - Date.parse(before?.dueAt ?? '')).toBe(30 * 60_000)
  })

  it('are met in the target by the answer that both waited for', async () => {
    const [a, b] = [await office.ticket(), await office.ticket()]
    for (const id of [a, b]) await say(id, 'Recebi.')
    minute()
    await office.customerWrites(a)
    await merge(a, b)
    minute()
    await say(b, 'Chega amanhã.')
    expect(await clockOf(b, 'nextResponse')).toMatchObject({ status: 'met' })
  })
})

describe('who sees what', () => {
  it('nobody gets to see a ticket of a team that they may not see by merging, before or after', async () => {
    const { id: teamId } = await office.ana.api.teams.create.mutate({ name: 'Sigilo' })
    const hidden = await office.ana.api.tickets.create.mutate({
      subject: 'Segredo da diretoria',
      body: 'Palavra secreta',
      requester: { name: 'Diretora' },
      ...{ channel: 'email', teamId, agentId: office.ana.id },
    })
    const b = await office.ticket()
    expect((await refusal(merge(hidden.id, b))).reason).toBe('ticket.not_found')
    expect((await refusal(merge(b, hidden.id))).reason).toBe('ticket.not_found')
    expect((await refusal(carla.tickets.link.mutate({ parentId: b, childId: hidden.id }))).reason).toBe(
      'ticket.not_found',
    )
    await merge(hidden.id, b, office.ana.api)
    const seen = await get(b)
    expect(seen.merges).toEqual({ into: null, from: [], hidden: 1 })
    expect(JSON.stringify(seen)).not.toMatch(/Segredo|secreta|Diretora/)
    expect((await get(b, office.ana.api)).messages.map(({ text }) => text)).toContain('Palavra secreta')
    const c = await office.ticket()
    await merge(c, b)
    await office.ana.api.tickets.update.mutate({
      ...{ ticketId: b, version: (await get(b)).version, changes: { teamId, agentId: office.ana.id } },
    })
    expect((await get(c)).merges?.into).toBe('hidden')
    expect((await refusal(say(c, 'Para onde vai?'))).reason).toBe('ticket.merged')
  })
})

describe('links', () => {
  it('make tickets part of one matter, each of one only, and never in a circle', async () => {
    const [parent, child, grandchild] = [await office.ticket(), await office.ticket(), await office.ticket()]
    await carla.tickets.link.mutate({ parentId: parent, childId: child })
    await carla.tickets.link.mutate({ parentId: parent, childId: child })
    await carla.tickets.link.mutate({ parentId: child, childId: grandchild })
    const link = (parentId: string, childId: string) =>
      refusal(carla.tickets.link.mutate({ parentId, childId }))
    expect((await link(parent, parent)).reason).toBe('link.itself')
    expect((await link(grandchild, parent)).reason).toBe('link.circle')
    expect((await link(parent, grandchild)).reason).toBe('link.has_parent')
    const ofChild = await carla.tickets.links.query({ ticketId: child })
    expect(ofChild.parent?.id).toBe(parent)
    expect(ofChild.children.map(({ id }) => id)).toEqual([grandchild])
    await carla.tickets.unlink.mutate({ parentId: parent, childId: child })
    expect((await carla.tickets.links.query({ ticketId: parent })).children).toEqual([])
  })

  it('hold on to what was merged: its children are the survivor’s', async () => {
    const [a, b, child] = [await office.ticket(), await office.ticket(), await office.ticket()]
    await carla.tickets.link.mutate({ parentId: a, childId: child })
    await merge(a, b)
    expect((await carla.tickets.links.query({ ticketId: b })).children.map(({ id }) => id)).toEqual([child])
    expect((await carla.tickets.links.query({ ticketId: child })).parent?.id).toBe(b)
    expect((await refusal(carla.tickets.link.mutate({ parentId: a, childId: b }))).reason).toBe('link.merged')
    await carla.tickets.unlink.mutate({ parentId: b, childId: child })
    expect((await carla.tickets.links.query({ ticketId: child })).parent).toBeNull()
  })

  it('answer and resolve the children of a matter with the same words, each once', async () => {
    const parent = await office.ticket()
    const children = [await office.ticket(), await office.ticket(), await office.ticket()]
    for (const childId of children) await carla.tickets.link.mutate({ parentId: parent, childId })
    await setStatus(children[0] as string, 'resolved')
    const resolve = () =>
      carla.tickets.resolveChildren.mutate({
        parentId: parent,
        childIds: children,
        body: 'Voltou ao normal.',
      })
    expect((await resolve()).map(({ outcome }) => outcome)).toEqual(['already', 'resolved', 'resolved'])
    expect((await resolve()).map(({ outcome }) => outcome)).toEqual(['already', 'already', 'already'])
    const told = await Promise.all(children.map((id) => get(id)))
    expect(told.map(({ status }) => status.class)).toEqual(['resolved', 'resolved', 'resolved'])
    const said = told.map(
      ({ messages }) => messages.filter(({ text }) => text === 'Voltou ao normal.').length,
    )
    expect(said).toEqual([0, 1, 1])
  })
})

describe('what rules merge', () => {
  it('goes to the oldest open ticket of the same customer, by subject where that is asked', async () => {
    const { id } = await carla.customers.create.mutate({ name: 'Neusa Prado' })
    const requester = { id }
    const first = await office.ticket({ requester, subject: 'Boleto vencido' })
    const second = await office.ticket({ requester, subject: 'Nota fiscal' })
    const third = await office.ticket({ requester, subject: 'Re: NOTA FISCAL' })
    const { links, store } = office.server.services
    expect(await links.target(store.read, third, 'oldestOpenOfRequester')).toBe(first)
    expect(await links.target(store.read, third, 'oldestOpenSameSubject')).toBe(second)
    expect(await links.target(store.read, first, 'oldestOpenOfRequester')).toBeNull()
    const request = { sourceId: third, targetId: second, actor: { type: 'system' } as const, depth: 1 }
    await store.write((tx) => links.mergeIfPossible(tx, request))
    await store.write((tx) => links.mergeIfPossible(tx, request))
    expect((await get(third)).merges?.into).toMatchObject({ id: second })
    expect(await links.target(store.read, third, 'oldestOpenSameSubject')).toBe(second)
  })
})
