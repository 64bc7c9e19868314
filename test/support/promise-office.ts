import type { NewPolicy } from '../../server/sla/contract.ts'
import { aClock, type TestClock } from './desk-clock.ts'
import { at } from './promise-story.ts'
import { startTestServer, type Client, type TestServer } from './server.ts'

export interface Person {
  id: string
  token: string
  api: Client
}

/** A desk with hours and promises; its clock stands on Monday 9 March 2026, 08:00, until the test moves it. */
export interface PromiseOffice extends AsyncDisposable {
  server: TestServer
  clock: TestClock
  teamId: string
  calendarId: string
  policyId: string
  /** Administers, supervises, answers. */
  ana: Person
  bruno: Person
  carla: Person
  /** Moves the clock to a time of the story (`tue 08:30`) and waits for what falls due on the way. */
  until(when: string): Promise<void>
  /** A ticket in Carla's hands that a customer wrote. */
  ticket(parts?: Partial<Parameters<Client['tickets']['create']['mutate']>[0]>): Promise<string>
  /** What the customer writes further. */
  customerWrites(ticketId: string): Promise<void>
  /** Stops the server and starts it again on the same folder, at the clock's time. */
  restart(): Promise<void>
}

const weekday = [
  ['08:00', '12:00'],
  ['13:30', '18:00'],
] as [string, string][]
const shopWeek = { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday }

export async function startPromiseOffice(policy: Partial<NewPolicy> = {}): Promise<PromiseOffice> {
  const clock = aClock(at('mon 08:00'))
  let server = await startTestServer({ clock })
  const { dataDir } = server
  const token = await server.setup()
  const admin = server.client(token)
  const [team] = await admin.teams.list.query()
  const teamId = team?.id ?? ''
  const { agent } = await admin.auth.me.query()
  const boss = await server.join(token, {
    name: 'Bruno Lima',
    email: 'bruno@ipe.example',
    role: 'supervisor',
  })
  const agentToo = await server.join(token, {
    name: 'Carla Dias',
    email: 'carla@ipe.example',
    teamIds: [teamId],
  })
  // What climbs here is told by the policies' own levels.
  await admin.alerts.updateLadder.mutate({ teamMinutes: null, supervisorMinutes: null })
  const calendar = await admin.calendars.create.mutate({
    name: 'Loja',
    timezone: 'America/Sao_Paulo',
    hours: shopWeek,
    holidays: [],
  })
  const { id: policyId } = await admin.sla.policies.create.mutate({
    name: 'Comercial',
    calendarId: calendar.id,
    targets: ['urgent', 'high', 'normal', 'low'].map((priority) => ({
      priority,
      firstResponseMinutes: 60,
      nextResponseMinutes: 60,
      resolutionMinutes: 240,
    })),
    ...policy,
  })
  const person = (id: string, token: string): Person => ({
    id,
    token,
    get api() {
      return server.client(token)
    },
  })
  const carla = person(agentToo.id, agentToo.token)

  return {
    get server() {
      return server
    },
    clock,
    teamId,
    calendarId: calendar.id,
    policyId,
    ana: person(agent.id, token),
    bruno: person(boss.id, boss.token),
    carla,
    async until(when) {
      clock.time = at(when)
      await server.services.schedule.settled()
    },
    async ticket(parts = {}) {
      const { id } = await carla.api.tickets.create.mutate({
        subject: 'Toner não chegou',
        body: 'Pedi na segunda e nada.',
        requester: { name: 'José Almeida' },
        channel: 'email',
        teamId,
        agentId: carla.id,
        ...parts,
      })
      return id
    },
    async customerWrites(ticketId) {
      await server.services.tickets.receive({ type: 'agent', id: carla.id }, { ticketId, text: 'E então?' })
    },
    async restart() {
      await server.stop()
      server = await startTestServer({ clock, dataDir })
      await server.services.schedule.settled()
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
