/** An office whose tickets are given out: a shop with three agents, each with a screen open, and a supervisor. */
import { onTestFinished, vi } from 'vitest'
import { assignSchema, type Assign } from '../../server/routing/contract.ts'
import type { CreateTicket } from '../../server/tickets/contract.ts'
import { aClock, type TestClock } from './desk-clock.ts'
import { startTestServer, type Client, type TestServer } from './server.ts'

export interface RoutedPerson {
  id: string
  token: string
  api: Client
}

export interface RoutingOffice extends AsyncDisposable {
  clock: TestClock
  server: TestServer
  admin: RoutedPerson
  shop: string
  /** Makes an agent of the shop, logged in and with nothing open. */
  join(name: string, more?: { teamIds?: string[]; role?: 'supervisor' }): Promise<RoutedPerson>
  /** Opens their screen; answers how to close it. */
  connect(person: RoutedPerson): Promise<() => Promise<void>>
  /** Every new ticket of the office is given out like this from now on; null leaves them alone. */
  distribute(request: Partial<Assign> | null): void
  open(parts?: Partial<CreateTicket>): Promise<string>
  holderOf(ticketId: string): Promise<string | null>
  /** Lets everything run that is due. */
  settled(): Promise<void>
  pass(ms: number): Promise<void>
}

export async function startRoutingOffice({
  clock = aClock(),
  dataDir,
}: { clock?: TestClock; dataDir?: string } = {}): Promise<RoutingOffice> {
  const server = await startTestServer({ clock, ...(dataDir ? { dataDir } : {}) })
  const token = await server.setup()
  const api = server.client(token)
  const { agent } = await api.auth.me.query()
  const { id: shop } = await api.teams.create.mutate({ name: 'Loja' })
  // Whoever sets the desk up is in its first team.
  await api.agents.update.mutate({ id: agent.id, changes: { teamIds: [] } })
  const distribute = distributing(server)
  const settled = () => server.services.schedule.settled()
  return {
    ...{ clock, server, shop, distribute, settled },
    admin: { id: agent.id, token, api },
    async join(name, more = {}) {
      const email = `${name.toLowerCase()}@ipe.example`
      const joined = await server.join(token, { name, email, teamIds: [shop], ...more })
      return { ...joined, api: server.client(joined.token) }
    },
    connect: (person) => connect(server, person),
    async open(parts = {}) {
      const { id } = await api.tickets.create.mutate({
        ...{
          subject: 'Impressora fiscal',
          body: 'A impressora do caixa parou.',
          channel: 'email',
          teamId: shop,
        },
        requester: { name: 'José Almeida' },
        ...parts,
      })
      await settled()
      return id
    },
    holderOf: async (id) => (await api.tickets.get.query({ id })).agent?.name ?? null,
    settled,
    async pass(ms) {
      clock.advance({ ms })
      await settled()
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** Reacts to new tickets as a rule would. */
export function distributing({ services }: TestServer): RoutingOffice['distribute'] {
  let wanted: Assign | null = null
  services.happenings.add({
    async happened(tx, { ticketId, triggers, depth = 0 }) {
      if (wanted && triggers.includes('ticket.created'))
        await services.routing.assign(tx, { ticketId, request: wanted, ruleId: null, depth })
    },
  })
  return (request) => (wanted = request && assignSchema.parse(request))
}

async function connect({ services }: TestServer, { id, api }: RoutedPerson): Promise<() => Promise<void>> {
  const before = services.hub.listenerCount
  const feed = api.live.events.subscribe({}, { onData: () => undefined })
  onTestFinished(() => feed.unsubscribe())
  const stateIs = (isPresent: boolean) =>
    vi.waitFor(() => {
      if (services.hub.listenerCount > before !== isPresent)
        throw new Error(`The link of ${id} has not turned.`)
    }, 10_000)
  await stateIs(true)
  await services.schedule.settled()
  return async () => {
    feed.unsubscribe()
    await stateIs(false)
    await services.schedule.settled()
  }
}
