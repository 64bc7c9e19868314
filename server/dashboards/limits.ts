import type { Alerts } from '../alerts/alerts.service.ts'
import { alertKeysWithin, lastRaisedWithin } from '../alerts/alert-rows.ts'
import type { Clock } from '../clock.ts'
import type { Hub } from '../events/hub.ts'
import type { DueWork } from '../schedule/scheduler.ts'
import type { Store, Tx } from '../store/store.ts'
import type { LiveSnapshot, Tile } from './contract.ts'
import { dashboardRows } from './dashboard-rows.ts'
import type { LiveDesk } from './live-desk.ts'
import { scopeOfTeams, wholeDesk, type Scope } from './scope.ts'
import { levelOf, valueOf } from './threshold.contract.ts'

const LIMIT_REACHED = 'dashboard.limit_reached'

/** A value that goes to and fro over its limit calls no more often. */
const CALM_MS = 60_000
const PREFIX = 'limit:'

export interface DashboardLimitsDeps {
  store: Store
  hub: Hub
  clock: Clock
  liveDesk: LiveDesk
  alerts: Pick<Alerts, 'raiseOnce' | 'settle'>
  /** Told of a nearer moment to wake at. */
  noticed: (at: number) => void
}

interface Watched {
  key: string
  dashboard: { id: string; name: string }
  tile: Tile
  scope: Scope
  /** Whether its alert stands; undefined until the store was asked. */
  isCalled?: boolean
}

/**
 * Raises an alert each time a tile of a shared dashboard that wants one turns red, whether a screen shows it or not, and settles it when
 * it no longer is. Under which key an alert stands is in the store, so a restart neither forgets nor doubles one.
 */
export class DashboardLimits implements DueWork {
  readonly name = 'limits'
  readonly #deps: DashboardLimitsDeps
  readonly #latest = new Map<string, LiveSnapshot>()
  #watched: Watched[] = []
  #stops: (() => void)[] = []
  #isRearranged = true
  #dueAt: number | null = 0

  constructor(deps: DashboardLimitsDeps) {
    this.#deps = deps
    deps.hub.attach(({ type }) => {
      if (!type.startsWith('dashboard.')) return
      this.#isRearranged = true
      this.#wake(deps.clock.now())
    })
  }

  nextAt(): Promise<number | null> {
    return Promise.resolve(this.#dueAt)
  }

  async runDue(now: number): Promise<void> {
    // Before the look: what is heard meanwhile is for the next round.
    this.#dueAt = null
    try {
      if (this.#isRearranged) await this.#arrange()
      for (const watched of this.#watched) {
        const snapshot = this.#latest.get(watched.scope.key)
        if (snapshot) await this.#check(watched, snapshot, now)
      }
    } catch (fault) {
      this.#dueAt = now
      throw fault
    }
  }

  async #arrange(): Promise<void> {
    const { store, liveDesk } = this.#deps
    this.#isRearranged = false
    try {
      this.#watched = (await dashboardRows(store.read)).flatMap(({ id, fields }) =>
        fields.audience === 'personal'
          ? []
          : fields.tiles
              .filter(({ threshold }) => threshold?.alert)
              .map((tile) => toWatched({ id, ...fields }, tile)),
      )
      for (const stop of this.#stops) stop()
      this.#latest.clear()
      const scopes = new Map(this.#watched.map(({ scope }) => [scope.key, scope]))
      this.#stops = [...scopes.values()].map((scope) =>
        liveDesk.watch(scope, (snapshot) => {
          this.#latest.set(scope.key, snapshot)
          this.#wake(this.#deps.clock.now())
        }),
      )
      for (const scope of scopes.values()) this.#latest.set(scope.key, await liveDesk.snapshot(scope))
      await this.#settleGone()
    } catch (fault) {
      this.#isRearranged = true
      throw fault
    }
  }

  /** Of tiles that are no more, or want no alert any more. */
  async #settleGone(): Promise<void> {
    const { store, alerts } = this.#deps
    const wanted = new Set(this.#watched.map(({ key }) => key))
    const gone = (await alertKeysWithin(store.read, PREFIX)).filter(
      (key) => isStanding(key) && !wanted.has(key),
    )
    if (gone.length > 0) await store.write((tx) => alerts.settle(tx, gone, { type: 'system' }))
  }

  async #check(watched: Watched, snapshot: LiveSnapshot, now: number): Promise<void> {
    const { store, alerts } = this.#deps
    const { key, tile } = watched
    const value = valueOf(tile.kind, snapshot)
    const isRed = levelOf(tile.kind, value, tile.threshold) === 'alarm'
    watched.isCalled ??= (await alertKeysWithin(store.read, key)).includes(key)
    if (isRed === watched.isCalled) return
    if (isRed) {
      const before = await lastRaisedWithin(store.read, `${key}:`)
      // After it by the clock, which was set back since, is no moment to count from.
      if (before !== null && before <= now && now - before < CALM_MS) return this.#wake(before + CALM_MS)
      await store.write((tx) => this.#raise(tx, watched, value, now))
    } else await store.write((tx) => alerts.settle(tx, [key], { type: 'system' }))
    watched.isCalled = isRed
  }

  async #raise(tx: Tx, { key, dashboard, tile }: Watched, value: number | null, now: number): Promise<void> {
    await this.#deps.alerts.raiseOnce(tx, {
      ...{ key, ticket: null, severity: 'warning', reason: LIMIT_REACHED, lateMs: null },
      data: {
        tile: tile.kind,
        value,
        limit: tile.threshold?.alarmAt,
        dashboard: dashboard.name,
        dashboardId: dashboard.id,
      },
      ...{ notify: ['supervisors'], tellAt: now },
    })
  }

  #wake(at: number): void {
    this.#dueAt = Math.min(this.#dueAt ?? Infinity, at)
    this.#deps.noticed(at)
  }
}

function toWatched(
  { id, name, teamIds }: { id: string; name: string; teamIds: string[] | null },
  tile: Tile,
): Watched {
  const teams = tile.teamIds ?? teamIds
  return {
    key: `${PREFIX}${id}:${tile.id}`,
    dashboard: { id, name },
    tile,
    scope: teams === null ? wholeDesk : scopeOfTeams(teams),
  }
}

/** A settled one has its own id added. */
const isStanding = (key: string) => key.split(':').length === 3
