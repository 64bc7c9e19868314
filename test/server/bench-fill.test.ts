import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { permissionsOf, type Viewer } from '../../server/access/viewer.ts'
import { BulkWriter, DUE_REASON, type StatusIds } from '../bench/bulk-writer.ts'
import { seedPolicies, TIMEZONE } from '../bench/policies.ts'
import { Random } from '../bench/random.ts'
import { HISTORY_MS, tellStory, type Cast, type Ending, type Story } from '../bench/story.ts'
import { temporaryFolder } from '../support/store.ts'

const NOW = Date.parse('2026-11-21T15:00:00Z')
const endings: Ending[] = ['new', 'open', 'waiting', 'hold', 'resolved', 'closed']

/** Tells the story through the services, as people would live it. */
async function liveThrough(
  services: Awaited<ReturnType<typeof createApp>>,
  viewer: Viewer,
  story: Story,
  clock: { at: number },
) {
  const { text, ending } = story
  clock.at = story.createdAt
  const { id: ticketId } = await services.tickets.create(viewer, {
    subject: text.subject,
    body: text.request.html,
    bodyKind: 'public',
    requester: { id: story.requester.id },
    channel: story.channel,
    typeId: story.typeId,
    priorityId: story.priority.id,
    teamId: story.teamId,
    agentId: story.agentId,
    tags: ['garantia'],
    ...(story.manualDueAt !== null && {
      dueAt: new Date(story.manualDueAt).toISOString(),
      dueReason: DUE_REASON,
    }),
  })
  clock.at = story.notedAt
  await services.tickets.reply(viewer, { ticketId, kind: 'note', body: text.note.html })
  clock.at = story.answeredAt
  await services.tickets.reply(viewer, {
    ticketId,
    kind: ending === 'new' ? 'note' : 'public',
    body: text.reply.html,
    ...(ending !== 'new' && { statusId: ending }),
  })
  return ticketId
}

/** All that the store holds of a ticket, without what must differ between two tickets. */
function traces(database: Database, ticketId: string) {
  const { seq, id, number, ...ticket } = database
    .prepare('SELECT * FROM ticket WHERE id = ?')
    .get(ticketId) as Record<string, unknown>
  const rows = (sql: string) => database.prepare(sql).all(ticketId) as Record<string, unknown>[]
  const search = (index: 'ticket_heads' | 'ticket_words', text: string) =>
    database
      .prepare(`SELECT count(*) AS found FROM ${index} WHERE ${index} MATCH ? AND rowid BETWEEN ? AND ?`)
      .get(text, seq, seq)
  const messages = rows('SELECT * FROM message WHERE ticketId = ? ORDER BY seq')
  const anonymous = (value: unknown) =>
    messages.reduce(
      (text, message, place) => text.replaceAll(String(message['id']), `message ${place}`),
      String(value).replaceAll(String(id), 'ticket').replaceAll(String(number), 'number'),
    )
  return {
    ticket,
    messages: messages.map((message) => ({ ...message, seq: 0, id: 'message', ticketId: 'ticket' })),
    events: rows('SELECT * FROM event WHERE ticketId = ? ORDER BY seq').map((event) => ({
      ...event,
      seq: 0,
      ticketId: 'ticket',
      data: JSON.parse(anonymous(event['data'])) as unknown,
    })),
    promises: rows('SELECT policyId, facts, clocks, wakeAt FROM ticket_sla WHERE ticketId = ?').map(
      (row) => ({
        ...row,
        facts: JSON.parse(String(row['facts'])) as unknown,
        clocks: JSON.parse(String(row['clocks'])) as unknown,
      }),
    ),
    results: rows('SELECT * FROM sla_result WHERE ticketId = ? ORDER BY decidedAt, metric').map((result) => ({
      ...result,
      id: 'result',
      ticketId: 'ticket',
    })),
    tags: rows('SELECT tagId FROM ticket_tag WHERE ticketId = ?'),
    found: [
      search('ticket_heads', `number : ${Number(String(number).split('-')[1])}`),
      search('ticket_heads', 'requester : rosa'),
      search('ticket_words', 'rosa AND protocolo'),
      search(
        'ticket_words',
        `"${messages.map(({ text }) => String(text).split(' ').slice(0, 3).join(' ')).join('" AND "')}"`,
      ),
    ],
  }
}

const cases = endings.flatMap((ending) => [
  { ending, says: 'without a date of its own', agreedIn: null },
  { ending, says: 'with a date that was agreed on', agreedIn: 20 * 24 * 3_600_000 },
])

const resultsOf = ({ ending, channel }: Story) => [
  ...(ending !== 'new' || channel === 'phone' ? ['firstResponse'] : []),
  ...(ending === 'resolved' || ending === 'closed' ? ['resolution'] : []),
]

it.each(cases)(
  'a bulk-written ticket that is $ending, $says, leaves what the services leave',
  async ({ ending, agreedIn }) => {
    const dataDir = await temporaryFolder()
    const clock = { at: NOW, now: () => clock.at }
    const services = await createApp({ dataDir }, clock)
    const { agent } = await services.setup.create(
      {
        company: 'Papelaria Ipê',
        timezone: 'America/Sao_Paulo',
        locale: 'pt-BR',
        admin: { name: 'Ana Souza', email: 'ana@ipe.example', password: 'senha-bem-comprida' },
      },
      { isLocal: true, address: '127.0.0.1', device: 'test' },
    )
    const viewer: Viewer = { ...agent, agentId: agent.id, permissions: permissionsOf.admin, sessionId: '' }
    const { id: tagId } = await services.tags.create(viewer, { name: 'garantia', public: false })
    const {
      id: customerId,
      name,
      tier,
    } = await services.customers.create(viewer, { name: 'Rosa Esteves', tier: 'vip' })
    await seedPolicies(services, viewer)
    const catalog = await services.catalog.current()
    const cast: Cast = {
      teams: [{ id: agent.teamIds[0] ?? '', agentIds: [agent.id] }],
      customers: [{ id: customerId, name, tierId: tier?.id ?? null }],
      typeIds: [...catalog.types.keys()],
      priorities: [...catalog.priorities.values()],
      tagIds: [tagId],
    }
    const statusIds = Object.fromEntries(
      [...catalog.statuses.values()].map(({ key, id }) => [key, id]),
    ) as StatusIds
    const told = tellStory(new Random(11), cast, 1, {
      ...{ total: 2, now: NOW, open: 'few', historyMs: HISTORY_MS },
    })
    const manualDueAt = agreedIn === null ? null : told.createdAt + agreedIn
    const story: Story = { ...told, ending, manualDueAt, tagIds: [tagId] }
    const office = { book: await services.book.current(), names: catalog, timezone: TIMEZONE }

    const livedId = await liveThrough(services, viewer, story, clock)
    await services.store.close()
    const database = new Sqlite(join(dataDir, 'balcao.db'))
    const writer = new BulkWriter(database, statusIds, office)
    writer.write(story)
    writer.finish()

    const written = traces(database, story.id)
    expect(written).toEqual(traces(database, livedId))
    expect(written.promises).toMatchObject([{ policyId: office.book.policies[0]?.id }])
    expect(written.results.map((result: Record<string, unknown>) => result['metric'])).toEqual(
      resultsOf(story),
    )
    expect(written.found).toEqual([{ found: 1 }, { found: 1 }, { found: 1 }, { found: 1 }])
    expect(database.prepare('SELECT sum(count) AS count FROM ticket_tally').get()).toEqual({ count: 2 })
    expect(database.prepare('SELECT last FROM ticket_counter').all()).toEqual([{ last: 2 }])
    database.close()
  },
)
