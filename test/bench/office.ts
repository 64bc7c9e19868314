import { createApp } from '../../server/app.ts'
import { permissionsOf, type Viewer } from '../../server/access/viewer.ts'
import { systemClock } from '../../server/clock.ts'
import { HttpClient } from './http-client.ts'
import { dataOf, mutation } from './operations.ts'
import { matters } from './phrases.ts'
import { seedPolicies, TIMEZONE } from './policies.ts'
import type { PromisingOffice } from './promised.ts'
import { Random } from './random.ts'
import { personName } from './text.ts'

const benchAdmin = {
  name: 'Regina Falcão',
  email: 'regina@banco-de-prova.example',
  password: 'medir-para-melhorar',
}
const AGENTS_PER_TEAM = 20
const TAGS = [
  'garantia',
  'locação',
  'visita técnica',
  'reincidente',
  'licitação',
  'filial',
  'contrato',
  'prioritário',
]

/**
 * Sets up the office that the bench's tickets belong to, through the services: five teams of twenty agents, a calendar and
 * three policies. Returns what it promises by.
 */
export async function seedBenchOffice(dataDir: string): Promise<PromisingOffice> {
  const services = await createApp({ dataDir }, systemClock)
  const { agent } = await services.setup.create(
    { company: 'Banco de Prova', timezone: TIMEZONE, locale: 'pt-BR', admin: benchAdmin },
    { isLocal: true, address: '127.0.0.1', device: 'bench' },
  )
  const { id: agentId, name, email, role, teamIds } = agent
  const admin: Viewer = {
    agentId,
    name,
    email,
    role,
    teamIds,
    permissions: permissionsOf[role],
    sessionId: '',
  }
  const random = new Random(7)
  for (const [place, { team }] of matters.entries()) {
    const { id } =
      place === 0
        ? await services.teams.update(admin, { id: teamIds[0] ?? '', changes: { name: team } })
        : await services.teams.create(admin, { name: team })
    await Promise.all(
      Array.from({ length: AGENTS_PER_TEAM }, (_, index) =>
        services.agents.create(admin, {
          name: personName(random),
          email: `agente${place * AGENTS_PER_TEAM + index}@banco-de-prova.example`,
          password: benchAdmin.password,
          role: 'agent',
          teamIds: [id],
        }),
      ),
    )
  }
  for (const tag of TAGS) await services.tags.create(admin, { name: tag, public: false })
  await seedPolicies(services, admin)
  const office = {
    book: await services.book.current(),
    names: await services.catalog.current(),
    timezone: TIMEZONE,
  }
  await services.store.close()
  return office
}

/** The administrator's token. */
export async function logIn(url: string): Promise<string> {
  const client = new HttpClient(url)
  const { email, password } = benchAdmin
  const { json } = await client.send(mutation('auth.login', { email, password }))
  client.close()
  return (dataOf(json) as { token: string }).token
}
