/** What whoever has a wall's secret gets to see: its dashboards, and the desk's figures for them. Nothing else, and nothing to change. */
import type { Hub } from '../events/hub.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Store } from '../store/store.ts'
import type { LiveScope, LiveSnapshot, WallView } from './contract.ts'
import { dashboardRows } from './dashboard-rows.ts'
import type { LiveDesk } from './live-desk.ts'
import { narrowed, scopeOfTeams, wholeDesk, type Scope } from './scope.ts'
import { standardDashboards } from './standard.ts'
import type { WallRow } from './wall-rows.ts'
import type { WallScreens } from './wall-screens.ts'
import type { Walls } from './walls.service.ts'

export interface WallDoorDeps {
  store: Pick<Store, 'read'>
  hub: Hub
  settings: Pick<Settings, 'get'>
  walls: Walls
  screens: WallScreens
  liveDesk: LiveDesk
  shutdown: AbortSignal
}

/** What screens show is arranged anew by these: they open their wall again. */
const REARRANGED = /^dashboard\.(updated|removed|restored)$/

export class WallDoor {
  readonly #deps: WallDoorDeps

  constructor(deps: WallDoorDeps) {
    this.#deps = deps
    deps.hub.attach(({ type }) => {
      if (REARRANGED.test(type)) deps.screens.end()
    })
  }

  /** @throws UNAUTHENTICATED `wall.unknown`, `wall.revoked` */
  async open(secret: string): Promise<WallView> {
    const { walls, settings, screens } = this.#deps
    const wall = await walls.open(secret)
    const { company, locale } = await settings.get()
    screens.seen(wall.id)
    const { name, rotateSeconds, theme } = wall.fields
    return { name, rotateSeconds, theme, locale, company, dashboards: await this.#dashboardsOf(wall) }
  }

  /** What stands now. @throws as {@link open} does */
  async live(secret: string, asked: LiveScope): Promise<LiveSnapshot> {
    const { walls, liveDesk } = this.#deps
    const wall = await walls.open(secret)
    return shownOn(wall, await liveDesk.snapshot(await this.#scopeOf(wall, asked)))
  }

  /** Ends when the wall or what it shows changes, when the server stops or `signal` aborts. @throws as {@link open} does */
  async *watch(secret: string, asked: LiveScope, signal: AbortSignal): AsyncGenerator<LiveSnapshot> {
    const { walls, screens, liveDesk, shutdown } = this.#deps
    const known = await walls.open(secret)
    const { end, leave } = screens.arrive(known.id)
    try {
      // Again, for it may have been revoked before this screen could be told.
      const wall = await walls.open(secret)
      const scope = await this.#scopeOf(wall, asked)
      screens.seen(wall.id)
      for await (const snapshot of liveDesk.follow(scope, AbortSignal.any([end, shutdown, signal]))) {
        screens.seen(wall.id)
        yield shownOn(wall, snapshot)
      }
    } finally {
      leave()
    }
  }

  async #scopeOf(wall: WallRow, asked: LiveScope): Promise<Scope> {
    return narrowed(sightOf(await this.#dashboardsOf(wall)), asked)
  }

  /** In the wall's order, without those that were removed. */
  async #dashboardsOf({ fields }: WallRow): Promise<WallView['dashboards']> {
    const { store, settings } = this.#deps
    const rows = (await dashboardRows(store.read)).map(({ id, fields: own }) => ({ id, ...own }))
    const all = new Map(
      [...standardDashboards((await settings.get()).locale), ...rows].map((each) => [each.id, each]),
    )
    return fields.dashboardIds.flatMap((id) => {
      const found = all.get(id)
      return found ? [{ id, name: found.name, tiles: found.tiles, teamIds: found.teamIds }] : []
    })
  }
}

/** A wall sees no more of the desk than it shows. */
function sightOf(dashboards: WallView['dashboards']): Scope {
  const asked = dashboards.flatMap(({ teamIds, tiles }) => tiles.map((tile) => tile.teamIds ?? teamIds))
  return asked.includes(null) ? wholeDesk : scopeOfTeams(asked.flatMap((teamIds) => teamIds ?? []))
}

const shownOn = ({ fields }: WallRow, snapshot: LiveSnapshot): LiveSnapshot =>
  fields.hideCustomers ? withoutCustomers(snapshot) : snapshot

const hidden = new WeakMap<LiveSnapshot, LiveSnapshot>()

/** The same object for all walls that hide them. */
function withoutCustomers(snapshot: LiveSnapshot): LiveSnapshot {
  let known = hidden.get(snapshot)
  if (!known) {
    const breaches = snapshot.breaches.map((breach) => ({ ...breach, subject: null, customer: null }))
    hidden.set(snapshot, (known = { ...snapshot, breaches }))
  }
  return known
}
