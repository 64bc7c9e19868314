import type { AgentView } from '../access/contract.ts'
import { permissionsOf, type Viewer } from '../access/viewer.ts'
import type { Services } from '../app.ts'
import {
  agents,
  categories,
  company,
  demoPassword,
  fields,
  sharedViews,
  statuses,
  tags,
  teams,
} from './office.ts'
import { seedMacros } from './macros.ts'
import { customers, organizations } from './people.ts'
import type { AgentKey, StatusKey, TeamKey } from './script.ts'
import { seedPromises } from './seed-promises.ts'

/** The seeded rows by the names that scripts use for them. */
export interface DemoOffice {
  viewers: Record<AgentKey, Viewer>
  teamIds: Record<TeamKey, string>
  customerIds: Record<string, string>
  /** By path, `Impressoras > Atolamento`. */
  categoryIds: Map<string, string>
  /** By shortcut. */
  macroIds: Map<string, string>
  statusRef(key: StatusKey): string
}

/** Sets the empty desk up, with its people, its catalog and its customers. */
export async function seedOffice(services: Services): Promise<DemoOffice> {
  const admin = await setUp(services)
  const { teamIds, viewers } = await seedPeople(services, admin)
  const supplier = await services.statuses.create(admin, statuses.supplier)
  const visit = await services.statuses.create(admin, statuses.visit)
  for (const tag of tags) await services.tags.create(admin, tag)
  for (const field of fields) await services.fields.create(admin, field)
  await seedPromises(services, admin)
  const macroIds = await seedMacros(services, admin, teamIds)
  for (const view of sharedViews) await services.views.create(admin, { ...view, shared: true })
  return {
    viewers,
    teamIds,
    macroIds,
    customerIds: await seedCustomers(services, admin),
    categoryIds: await seedCategories(services, admin),
    statusRef: (key) => (key === 'supplier' ? supplier.id : key === 'visit' ? visit.id : key),
  }
}

async function setUp({ setup, auth }: Services): Promise<Viewer> {
  const { name: companyName, timezone, locale } = company
  const { name, email } = agents.ana
  const { agent } = await setup.create(
    { company: companyName, timezone, locale, admin: { name, email, password: demoPassword } },
    { isLocal: true, address: '127.0.0.1', device: 'demo' },
  )
  const admin = viewerOf(agent)
  // Nobody holds the session that the set-up opened.
  await auth.endOtherSessions(admin)
  return admin
}

async function seedPeople(services: Services, admin: Viewer) {
  const [firstTeamId = ''] = admin.teamIds
  await services.teams.update(admin, { id: firstTeamId, changes: { name: teams.suporte } })
  const vendas = await services.teams.create(admin, { name: teams.vendas })
  const financeiro = await services.teams.create(admin, { name: teams.financeiro })
  const teamIds: Record<TeamKey, string> = {
    suporte: firstTeamId,
    vendas: vendas.id,
    financeiro: financeiro.id,
  }
  const viewers: Partial<Record<AgentKey, Viewer>> = {}
  for (const [key, { teams: theirs, ...person }] of Object.entries(agents) as [
    AgentKey,
    (typeof agents)[AgentKey],
  ][]) {
    const theirTeamIds = theirs.map((team) => teamIds[team])
    const agent =
      key === 'ana'
        ? await services.agents.update(admin, { id: admin.agentId, changes: { teamIds: theirTeamIds } })
        : await services.agents.create(admin, { ...person, teamIds: theirTeamIds, password: demoPassword })
    viewers[key] = viewerOf(agent)
  }
  return { teamIds, viewers: viewers as Record<AgentKey, Viewer> }
}

async function seedCategories(services: Services, admin: Viewer): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const [name, children] of Object.entries(categories)) {
    const parent = await services.categories.create(admin, { name, parentId: null })
    ids.set(name, parent.id)
    for (const child of children) {
      const { id } = await services.categories.create(admin, { name: child, parentId: parent.id })
      ids.set(`${name} > ${child}`, id)
    }
  }
  return ids
}

async function seedCustomers(services: Services, admin: Viewer): Promise<Record<string, string>> {
  const organizationIds: Record<string, string> = {}
  for (const [key, organization] of Object.entries(organizations))
    organizationIds[key] = (await services.organizations.create(admin, organization)).id
  const ids: Record<string, string> = {}
  for (const [key, { organization, vip, ...customer }] of Object.entries(customers)) {
    const created = await services.customers.create(admin, {
      ...customer,
      tier: vip ? 'vip' : 'standard',
      organizationId: organization === undefined ? null : (organizationIds[organization] ?? null),
    })
    ids[key] = created.id
  }
  return ids
}

const viewerOf = ({ id, name, email, role, teamIds }: AgentView): Viewer => ({
  agentId: id,
  name,
  email,
  role,
  teamIds,
  permissions: permissionsOf[role],
  sessionId: '',
})
