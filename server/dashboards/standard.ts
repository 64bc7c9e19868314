/** The desk's own dashboards: what everybody has before anybody arranges one. */
import type { Locale } from '../settings/contract.ts'
import { STANDARD, STANDARD_AGENTS, type DashboardView, type Tile, type TileKind } from './contract.ts'

type Place = [kind: TileKind, x: number, y: number, w: number, h: number]

const forOverseers: Place[] = [
  ['waiting', 0, 0, 2, 2],
  ['oldestWaiting', 2, 0, 2, 2],
  ['inWork', 4, 0, 2, 2],
  ['breached', 6, 0, 2, 2],
  ['unacknowledged', 8, 0, 2, 2],
  ['blockedScreens', 10, 0, 2, 2],
  ['queues', 0, 2, 7, 5],
  ['agents', 7, 2, 5, 5],
  ['breaches', 0, 7, 7, 5],
  ['today', 7, 7, 5, 5],
  ['arrivedToday', 0, 12, 3, 2],
  ['resolvedToday', 3, 12, 3, 2],
  ['intake', 6, 12, 6, 2],
]

const forAgents: Place[] = [
  ['waiting', 0, 0, 3, 2],
  ['oldestWaiting', 3, 0, 3, 2],
  ['breached', 6, 0, 3, 2],
  ['resolvedToday', 9, 0, 3, 2],
  ['queues', 0, 2, 7, 5],
  ['breaches', 7, 2, 5, 5],
  ['agents', 0, 7, 7, 4],
  ['today', 7, 7, 5, 4],
]

const names: Record<Locale, { overseers: string; agents: string }> = {
  'pt-BR': { overseers: 'Visão geral', agents: 'Minhas filas' },
  en: { overseers: 'Overview', agents: 'My queues' },
  es: { overseers: 'Panorama general', agents: 'Mis colas' },
}

export function standardDashboards(locale: Locale): [overseers: DashboardView, agents: DashboardView] {
  const { overseers, agents } = names[locale]
  return [
    standard(STANDARD, overseers, 'supervisors', forOverseers),
    standard(STANDARD_AGENTS, agents, 'everybody', forAgents),
  ]
}

const standard = (
  id: string,
  name: string,
  audience: DashboardView['audience'],
  places: readonly Place[],
): DashboardView => ({
  ...{ id, name, audience, teamIds: null, ownerId: null, version: 1, editable: false },
  tiles: places.map((place, index) => tileAt(place, index)),
})

/** The same ids everywhere and for ever, so that what a screen remembers of a tile stays true. */
const tileAt = ([kind, x, y, w, h]: Place, index: number): Tile => ({
  id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
  ...{ kind, x, y, w, h, teamIds: null, threshold: null },
})
