import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { AgentView, TeamView } from '../../server/access/contract.ts'
import type { CatalogView } from '../../server/catalog/contract.ts'
import { useApi } from '../api/provide.ts'
import { withCatalogAnswer } from './catalog-answers.ts'
import { useConnectionStore } from './connection.ts'
import { useOutboxStore } from './outbox.ts'
import { useSessionStore } from './session.ts'
import { useWorkspaceStore } from './workspace.ts'

/** Everything that tickets refer to, archived rows included: those are shown where they are, and offered nowhere. */
export interface DeskCatalog extends CatalogView {
  agents: AgentView[]
  teams: TeamView[]
}

const CACHE_KEY = 'catalog'
const changesCatalog = /^(type|status|priority|tag|category|field|matrix|team)\./
const changesPeople = /^(team|agent|settings)\./
/** Settings come in flurries, such as a list being sorted. */
const GATHER_MS = 150

export const useCatalogStore = defineStore('catalog', () => {
  const { trpc } = useApi()
  const workspace = useWorkspaceStore()
  const connection = useConnectionStore()
  const session = useSessionStore()

  const catalog = shallowRef<DeskCatalog | null>(null)
  let loading: Promise<void> | null = null
  let isFresh = false
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Shows what is known, then what is true; done by itself when somebody signs in. Callers that come together share one request. */
  function load(): Promise<void> {
    loading ??= loadOnce().finally(() => (loading = null))
    return loading
  }

  async function loadOnce(): Promise<void> {
    const { cache } = await workspace.whenOpen()
    catalog.value ??= await cache.get<DeskCatalog>(CACHE_KEY)
    await connection.whenFollowing()
    const [view, agents, teams] = await Promise.all([
      trpc.catalog.get.query(),
      trpc.agents.list.query(),
      trpc.teams.list.query(),
    ])
    catalog.value = { ...view, agents, teams }
    isFresh = true
    await cache.put(CACHE_KEY, catalog.value)
  }

  function reloadSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), GATHER_MS)
  }

  /** A reading that is under way began before what has just changed: another has to follow it. */
  async function reload(): Promise<void> {
    await loading?.catch(() => undefined)
    await load().catch(() => undefined)
  }

  connection.onEvent(({ type }) => {
    if (changesCatalog.test(type) || changesPeople.test(type)) reloadSoon()
    if (changesPeople.test(type)) void session.refresh().catch(() => undefined)
  })
  connection.onResync(load)
  useOutboxStore().onAnswer(({ procedure }, answer) => {
    if (catalog.value) catalog.value = withCatalogAnswer(catalog.value, procedure, answer)
  })
  connection.onBack(() => !isFresh && reloadSoon())
  workspace.onOpen(() => void load().catch(() => undefined))
  workspace.onClose(() => {
    catalog.value = null
    isFresh = false
  })

  // A window of its own may need it first when its person has long been signed in.
  void load().catch(() => undefined)

  const offered = <Row extends { archived: boolean }>(rows: Row[] | undefined): Row[] =>
    (rows ?? []).filter(({ archived }) => !archived)

  return {
    /** Null until it is known for the first time on this PC. */
    catalog,
    load,
    types: computed(() => offered(catalog.value?.types)),
    categories: computed(() => offered(catalog.value?.categories)),
    statuses: computed(() => offered(catalog.value?.statuses)),
    priorities: computed(() => offered(catalog.value?.priorities)),
    tags: computed(() => offered(catalog.value?.tags)),
    fields: computed(() => offered(catalog.value?.fields)),
    matrix: computed(() => catalog.value?.matrix ?? null),
    agents: computed(() => (catalog.value?.agents ?? []).filter(({ active }) => active)),
    teams: computed(() => (catalog.value?.teams ?? []).filter(({ archivedAt }) => archivedAt === null)),
    teamName: (id: string): string | null =>
      catalog.value?.teams.find((team) => team.id === id)?.name ?? null,
  }
})
