/** An office with people in two teams, and a ticket to be alerted of. */
import { onTestFinished, vi } from 'vitest'
import type { NewAlert, Raised } from '../../server/alerts/raise-alert.ts'
import type { AlertView } from '../../server/alerts/contract.ts'
import type { DeskEvent, LiveMessage } from '../../server/events/contract.ts'
import { aClock, type TestClock } from './desk-clock.ts'
import { startTestServer, type Client, type TestServer } from './server.ts'

export interface Person {
  id: string
  token: string
  api: Client
}

export interface AlertOffice extends AsyncDisposable {
  clock: TestClock
  server: TestServer
  /** Ana administers, Sílvia supervises; Bruno and Carla are in the shop, Davi in the workshop. */
  ana: Person
  silvia: Person
  bruno: Person
  carla: Person
  davi: Person
  shop: string
  workshop: string
  /** In the shop's queue, Bruno's. */
  ticket: { id: string; number: string }
  raise(parts?: Partial<NewAlert>): Promise<Raised>
  /** Moves the clock and lets everything run that falls due. */
  pass(span: { minutes?: number; days?: number; ms?: number }): Promise<void>
  /** The only alert in the person's list; undefined in an empty one. */
  alertOf(person: Person): Promise<AlertView | undefined>
  /** Everything of alerts, or of what begins with one of `words`, that is said from now on to whoever listens with this session. */
  listen(person: Person, words?: readonly string[]): Promise<Listener>
}

interface Listener {
  /** What was heard, all that was said until this is asked. */
  heard(): Promise<DeskEvent[]>
}

export async function startAlertOffice(): Promise<AlertOffice> {
  const clock = aClock()
  const server = await startTestServer({ clock })
  const token = await server.setup()
  const admin = server.client(token)
  const { agent } = await admin.auth.me.query()
  const team = async (name: string) => (await admin.teams.create.mutate({ name })).id
  const [shop, workshop] = [await team('Loja'), await team('Oficina')]
  const join = async (
    name: string,
    more: { teamIds?: string[]; role?: 'supervisor' } = {},
  ): Promise<Person> => {
    const joined = await server.join(token, { name, email: `${name.toLowerCase()}@ipe.example`, ...more })
    return { ...joined, api: server.client(joined.token) }
  }
  const people = {
    ana: { id: agent.id, token, api: admin },
    silvia: await join('Silvia', { role: 'supervisor' }),
    bruno: await join('Bruno', { teamIds: [shop] }),
    carla: await join('Carla', { teamIds: [shop] }),
    davi: await join('Davi', { teamIds: [workshop] }),
  }
  const ticket = await admin.tickets.create.mutate({
    subject: 'Impressora fiscal não imprime',
    body: 'A impressora do caixa 2 parou.',
    requester: { name: 'José Almeida' },
    channel: 'phone',
    teamId: shop,
    agentId: people.bruno.id,
  })
  const { services } = server
  return {
    clock,
    server,
    ...people,
    shop,
    workshop,
    ticket,
    raise: (parts = {}) =>
      services.store.write((tx) =>
        services.alerts.raise(tx, {
          key: 'sla:1',
          ticket: { id: ticket.id, teamId: shop, agentId: people.bruno.id },
          severity: 'warning',
          reason: 'sla.warning',
          data: { metric: 'resolution', dueAt: '2026-03-09T15:00:00.000Z' },
          lateMs: null,
          notify: ['agent'],
          tellAt: clock.now(),
          ...parts,
        }),
      ),
    async pass(span) {
      clock.advance(span)
      await services.schedule.settled()
    },
    async alertOf({ api }) {
      const { items } = await api.alerts.list.query({})
      if (items.length > 1) throw new Error(`${items.length} alerts where one at most was expected.`)
      return items[0]
    },
    listen: ({ api }, words = ['alert.']) => listen(api, admin, words),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function listen(api: Client, admin: Client, words: readonly string[]): Promise<Listener> {
  const { seq } = await admin.tickets.counts.query()
  const messages: LiveMessage[] = []
  const feed = api.live.events.subscribe(
    { lastEventId: String(seq) },
    { onData: ({ data }) => void messages.push(data) },
  )
  onTestFinished(() => feed.unsubscribe())
  return {
    async heard() {
      // What everybody hears comes after all that was said before.
      const sign = await admin.tags.create.mutate({ name: `Sinal ${messages.length}-${crypto.randomUUID()}` })
      await vi.waitFor(() => {
        if (!JSON.stringify(messages).includes(sign.id)) throw new Error('The sign has not come yet.')
      }, 10_000)
      return messages.flatMap((message) =>
        'at' in message && words.some((word) => message.type.startsWith(word)) ? [message] : [],
      )
    },
  }
}
