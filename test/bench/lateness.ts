import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serverCommand } from '../../build/server-command.ts'
import { startServerProcess, type ServerProcess } from '../support/server-process.ts'
import { AlertCrowd } from './alert-crowd.ts'
import { HttpClient } from './http-client.ts'
import { summarise } from './measure.ts'
import { dataOf, mutation } from './operations.ts'
import { TIMEZONE } from './policies.ts'
import type { Lateness, LatenessResult } from './report-lateness.ts'
import { Screen } from './screen.ts'

const CLIENTS = 50
const ALERTS = 25
const EVERY_MS = 2_000
/** An urgent alert calls again a minute after it called first; what is counted has to be over by then. */
const ROUND_MS = 55_000
/** What is to come twice has come by then. */
const AFTERMATH_MS = 1_000
const PASSWORD = 'medir-para-melhorar'

/** How late fifty computers show an urgent alert that concerns the team of all fifty. */
export async function measureLateness(root: string): Promise<LatenessResult> {
  const folder = await mkdtemp(join(root, 'lateness-'))
  const dataDir = join(folder, 'data')
  let server = await startServer(dataDir, '0')
  let crowd: AlertCrowd | null = null
  try {
    say(`a team of ${CLIENTS} is hired`)
    const { token, team, agents } = await seedTeam(server.url)
    crowd = new AlertCrowd({ serverUrl: server.url, tokens: agents, folder })
    const computers = crowd
    await waitFor(() => computers.isLive(), 60_000)
    say(`${ALERTS} alerts, one every ${EVERY_MS / 1_000} s`)
    const calm = await measureAlerts(server.url, { token, team, crowd, alerts: ALERTS })
    await server.stop()
    server = await startServer(dataDir, new URL(server.url).port)
    say('one alert after a restart of the server')
    const restarted = await measureAlerts(server.url, { token, team, crowd, alerts: 1 })
    return { clients: CLIENTS, calm, restarted }
  } finally {
    await crowd?.stop()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const startServer = (dataDir: string, port: string): Promise<ServerProcess> =>
  startServerProcess([
    ...[...serverCommand, '--data-dir', dataDir, '--port', port, '--host', '127.0.0.1'],
    ...['--log-level', 'warn'],
  ])

/** One team of fifty agents, and a rule that raises an urgent alert for the whole team of each new ticket. */
async function seedTeam(url: string): Promise<{ token: string; team: string; agents: string[] }> {
  const admin = { name: 'Regina Falcão', email: 'regina@banco-de-prova.example', password: PASSWORD }
  const ask = async <T>(client: HttpClient, procedure: string, input: unknown): Promise<T> =>
    dataOf((await client.send(mutation(procedure, input))).json) as T
  const open = new HttpClient(url)
  const office = { company: 'Banco de Prova', timezone: TIMEZONE, locale: 'pt-BR', admin }
  const { token } = await ask<{ token: string }>(open, 'setup.create', office)
  const desk = new HttpClient(url, { authorization: `Bearer ${token}` })
  const { id: team } = await ask<{ id: string }>(desk, 'teams.create', { name: 'Plantão' })
  const agents: string[] = []
  for (let index = 0; index < CLIENTS; index++) {
    const email = `plantao${index}@banco-de-prova.example`
    const agent = { name: `Agente ${index}`, email, password: PASSWORD, role: 'agent', teamIds: [team] }
    await ask(desk, 'agents.create', agent)
    agents.push((await ask<{ token: string }>(open, 'auth.login', { email, password: PASSWORD })).token)
  }
  await ask(desk, 'rules.create', {
    name: 'Plantão urgente',
    on: ['ticket.created'],
    when: { all: [{ field: 'statusClass', op: 'is', value: 'new' }] },
    then: [{ do: 'raiseAlert', value: { severity: 'urgent', to: ['team'], text: 'Atender já' } }],
    ...{ after: null, stop: false, enabled: true },
  })
  open.close()
  desk.close()
  return { token, team, agents }
}

interface Round {
  token: string
  team: string
  crowd: AlertCrowd
  alerts: number
}

/** Raises them one after the other, and acknowledges them when it has been seen what became of them. */
async function measureAlerts(url: string, { token, team, crowd, alerts }: Round): Promise<Lateness> {
  const desk = new HttpClient(url, { authorization: `Bearer ${token}` })
  const screen = await Screen.open(desk)
  const raisedAt = new Map<string, number>()
  const alertIds: unknown[] = []
  const allRaised = screen.until(({ type, ticketId, at, data }) => {
    if (type === 'alert.raised' && ticketId !== null) {
      raisedAt.set(ticketId, Date.parse(at))
      alertIds.push(data['alertId'])
    }
    return raisedAt.size === alerts
  })
  const began = Date.now()
  for (let index = 0; index < alerts; index++) {
    await pause(Math.max(0, began + index * EVERY_MS - Date.now()))
    const requester = { name: `Cliente ${index}` }
    const ticket = {
      subject: `Urgência ${index}`,
      body: 'Parou tudo.',
      requester,
      channel: 'phone',
      teamId: team,
    }
    await desk.send(mutation('tickets.create', ticket))
  }
  await allRaised
  const missing = (): number => crowd.lateness(raisedAt).filter(([first]) => first === undefined).length
  await waitFor(() => missing() === 0, began + ROUND_MS - AFTERMATH_MS - Date.now())
  await pause(AFTERMATH_MS)
  const showings = crowd.lateness(raisedAt)
  for (const id of alertIds) await desk.send(mutation('alerts.acknowledge', { id }))
  screen.close()
  desk.close()
  const late = showings.flatMap(([first]) => first ?? [])
  return {
    alerts,
    late: summarise(late),
    over: late.filter((value) => value > 1_000).length,
    lost: showings.filter(({ length }) => length === 0).length,
    doubled: showings.filter(({ length }) => length > 1).length,
  }
}

const say = (line: string): void => void process.stderr.write(`lateness: ${line}\n`)

/** Until it holds, or patience ends: what is missing then is counted by whoever asked. */
async function waitFor(holds: () => boolean, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs
  while (!holds() && Date.now() < until) await pause(20)
}
