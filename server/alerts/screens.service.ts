import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Alerts } from './alerts.service.ts'
import {
  countedScreens,
  deleteScreensUnseenSince,
  findScreen,
  saveScreen,
  saveShowing,
  showingsOf,
  type ScreenRow,
} from './screen-rows.ts'
import { isBlocking, type ScreenView, type Shown } from './screens.contract.ts'

const DAY_MS = 24 * 60 * 60_000
const COUNTED_MS = 7 * DAY_MS
/** A computer not seen for this long is scrapped, or somebody's on leave: it comes back with its first report. */
const KEPT_MS = 30 * DAY_MS

export interface ScreenDeps {
  store: Store
  events: EventLog
  clock: Clock
  alerts: Pick<Alerts, 'heardBy' | 'delivered' | 'unreached'>
}

/** The computers that show alerts: what each was able to show, and those that can't. */
export class Screens {
  readonly #deps: ScreenDeps

  constructor(deps: ScreenDeps) {
    this.#deps = deps
  }

  /**
   * What became of alerts on a computer of the viewer's. Showings of alerts that the viewer was not told of are passed over, and what is
   * reported again changes nothing.
   */
  report(viewer: Viewer, { screen, showings, blocked }: Shown): Promise<void> {
    const { store, clock, alerts } = this.#deps
    return store.write(async (tx) => {
      const now = clock.now()
      const { agentId } = viewer
      await this.#see(tx, viewer, { ...screen, agentId, lastSeenAt: now, blocked, blockedSince: now })
      const shown = new Set<string>()
      const withheld = new Map<string, Shown['showings'][number]>()
      for (const showing of showings) {
        const { alertId, way, reason } = showing
        if (!(await alerts.heardBy(tx, viewer, alertId))) continue
        // A computer whose clock is ahead must not keep its first word for ever.
        const at = Math.min(Date.parse(showing.at), now)
        const row = { alertId, agentId, screenId: screen.id, way, screen: screen.name, reason, at }
        const isNews = await saveShowing(tx, row)
        if (reason === null) shown.add(alertId)
        else if (isNews && isBlocking(reason)) withheld.set(alertId, showing)
      }
      if (shown.size > 0) await alerts.delivered(viewer, [...shown])
      for (const showing of withheld.values()) await this.#tellNotShown(tx, viewer, screen, showing)
    })
  }

  /** All of those who work here, with what was shown on them in the last seven days. */
  async list(): Promise<ScreenView[]> {
    const { store, clock } = this.#deps
    const rows = await countedScreens(store.read, clock.now() - COUNTED_MS)
    return rows.map(({ agentId, agentName, lastSeenAt, blockedSince, shown, notShown, ...screen }) => ({
      ...screen,
      agent: { id: agentId, name: agentName },
      lastSeenAt: new Date(lastSeenAt).toISOString(),
      blockedSince: blockedSince === null ? null : new Date(blockedSince).toISOString(),
      shown: shown ?? 0,
      notShown: notShown ?? 0,
    }))
  }

  /** Forgets computers that were not seen for a month. */
  async sweepUnseen(now: number): Promise<void> {
    await this.#deps.store.write((tx) => deleteScreensUnseenSince(tx, now - KEPT_MS))
  }

  /** Keeps the computer as it now is, and tells those who oversee the desk when it becomes blocked or free. */
  async #see(tx: Tx, viewer: Viewer, seen: ScreenRow): Promise<void> {
    const before = await findScreen(tx.db, seen.id)
    // What a person chose is no hindrance.
    const blocked = seen.blocked !== null && isBlocking(seen.blocked) ? seen.blocked : null
    const wasBlocked = before?.blocked ?? null
    const since = wasBlocked === null ? seen.blockedSince : (before?.blockedSince ?? seen.blockedSince)
    await saveScreen(tx, { ...seen, blocked, blockedSince: blocked === null ? null : since })
    // Blocked for somebody else now, the computer is another's matter.
    const changesHands = blocked !== null && before?.agentId !== seen.agentId
    if (blocked === wasBlocked && !changesHands) return
    await this.#deps.events.record(tx, {
      type: blocked === null ? 'screen.cleared' : 'screen.blocked',
      actor: { type: 'agent', id: viewer.agentId },
      audience: { teams: [], agents: [] },
      data: {
        screenId: seen.id,
        name: seen.name,
        reason: blocked ?? wasBlocked,
        agent: { id: viewer.agentId, name: viewer.name },
      },
    })
  }

  /** An urgent alert did not reach its reader on this computer in any way, and still needs somebody. */
  async #tellNotShown(
    tx: Tx,
    viewer: Viewer,
    screen: Shown['screen'],
    { alertId, way, reason }: Shown['showings'][number],
  ): Promise<void> {
    const showings = await showingsOf(tx.db, [alertId])
    const isShown = showings.some(
      (row) => row.agentId === viewer.agentId && row.screenId === screen.id && row.reason === null,
    )
    if (isShown) return
    const audience = await this.#deps.alerts.unreached(tx, alertId)
    if (!audience) return
    await this.#deps.events.record(tx, {
      type: 'alert.not_shown',
      actor: { type: 'agent', id: viewer.agentId },
      audience,
      data: { alertId, screenId: screen.id, screen: screen.name, agentId: viewer.agentId, way, reason },
    })
  }
}
