/** This program's own line to the office's server: it hears of alerts with every window closed, and after sleep. */
import type { AgentView } from '../../server/access/contract.ts'
import type { AlertView } from '../../server/alerts/contract.ts'
import type { AlertPreferences } from '../../server/alerts/preferences.contract.ts'
import { newId } from '../../server/ids.ts'
import type { DeskEvent } from '../../server/events/contract.ts'
import type { PresenceState } from '../../server/routing/contract.ts'
import { isUnauthenticated, toFailure } from '../../src-renderer/api/errors.ts'
import { serverFeed } from '../../src-renderer/api/live-feed.ts'
import { Live, type LiveState } from '../../src-renderer/api/live.ts'
import { createTransport, type Transport } from '../../src-renderer/api/transport.ts'
import type { DesktopPorts } from '../ports.ts'
import { createKnownAlerts } from './known-alerts.ts'
import { createPace } from './pace.ts'

export type Link = 'signedOut' | 'connecting' | 'live' | 'offline'

/** What is known of the office at one moment. */
export interface OfficeState {
  readonly link: Link
  /** When the server stopped answering, UTC milliseconds; null while it does. */
  readonly offlineSince: number | null
  readonly me: Pick<AgentView, 'id' | 'name' | 'teamIds' | 'role'> | null
  /**
   * Those the person was told of and nobody has acknowledged; null until they were read once. How far the word of one has got on
   * other screens is as it was when the alert was read.
   */
  readonly alerts: readonly AlertView[] | null
  readonly preferences: AlertPreferences
  /** The person's own; null while it isn't known. */
  readonly presence: PresenceState | null
}

export interface OfficeDeps {
  readonly ports: Pick<DesktopPorts, 'fetch' | 'clock' | 'power' | 'log'>
  serverUrl(): string | null
  token(): Promise<string | null>
  /** Anything of {@link OfficeState} changed. */
  onChange(): void
  /** Something happened at the desk; events missed during a cut come here too, in order, each once. */
  onEvent(event: DeskEvent): void
}

export interface Office {
  state(): OfficeState
  /** The session or the server may have changed: look again who is here. */
  reconsider(): Promise<void>
  /** Tries at once, for something suggests that the network is back. */
  nudge(): void
  /** What the person says of themself; a failure leaves things as they are. */
  setPresence(state: PresenceState): Promise<void>
  /** Null while nobody is signed in. */
  transport(): Transport | null
  /** UTC milliseconds by the server's clock, as far as it was heard: what the server says of time is measured by that one. */
  now(): number
  stop(): void
}

const NOTHING_SAID: AlertPreferences = { cells: {}, quiet: null }
const NOBODY: OfficeState = {
  link: 'signedOut',
  offlineSince: null,
  me: null,
  alerts: null,
  preferences: NOTHING_SAID,
  presence: null,
}
/** As many as the server gives at once. */
const LIMIT = 200
/** Several alerts raised together are read once. */
const READ_EVERY_MS = 400
const TRY_AGAIN_MS = 15_000

export function createOffice(deps: OfficeDeps): Office {
  const { ports } = deps
  let state: OfficeState = NOBODY
  /** How far the server's clock is ahead of this computer's, in milliseconds. */
  let ahead = 0
  const now = (): number => ports.clock.now() + ahead
  /** One signed-in person on one server; replaced whole. */
  let visit: {
    readonly url: string
    readonly token: string
    readonly transport: Transport
    close(): void
  } | null = null

  const set = (changes: Partial<OfficeState>): void => {
    state = { ...state, ...changes }
    deps.onChange()
  }

  function leave(): void {
    visit?.close()
    visit = null
    if (state !== NOBODY) {
      state = NOBODY
      deps.onChange()
    }
  }

  function enter(url: string, token: string): void {
    const transport = createTransport({
      baseUrl: () => url,
      getToken: () => token,
      onUnauthenticated: () => visit?.token === token && leave(),
      onServerAhead: (ms) => void (ahead = ms),
      fetch: (address, init) => ports.fetch(String(address), init ?? {}),
    })
    const { trpc } = transport
    const isMine = (): boolean => visit?.transport === transport

    /** Events come in, and none is missing. */
    let isFollowing = false
    const known = createKnownAlerts()
    let cancelRetry: () => void = () => undefined
    const pace = createPace(ports.clock, READ_EVERY_MS, () => void attempt(readStale))

    const readAlerts = async (ids: ReadonlySet<string> | null): Promise<void> => {
      const only = ids === null ? {} : { ids: [...ids] }
      const page = await trpc.alerts.list.query({ scope: 'mine', state: 'open', limit: LIMIT, ...only })
      if (isMine()) set({ alerts: known.withAnswer(state.alerts ?? [], page, ids) })
    }

    async function readStale(): Promise<void> {
      const ids = known.takeStale()
      // What was to be read may have been taken in hand meanwhile.
      if (ids?.size !== 0) await readAlerts(state.alerts ? ids : null)
    }

    async function readMe(): Promise<void> {
      const [me, preferences, presence] = await Promise.all([
        trpc.auth.me.query(),
        trpc.alerts.preferences.query(),
        trpc.presence.list.query(),
      ])
      const mine = presence.items.find(({ agentId }) => agentId === me.agent.id)
      if (isMine()) set({ me: me.agent, preferences, presence: mine?.state ?? null })
    }

    /** Live only once what was missed is known: what comes before that came while nobody could be told. */
    async function catchUp(): Promise<void> {
      await Promise.all([readMe(), readAlerts(null)])
      if (isMine() && isFollowing) set({ link: 'live', offlineSince: null })
    }

    /** After a cut everything is read again as soon as the link is back; whatever else goes wrong is tried again by itself. */
    async function attempt(read: () => Promise<void>): Promise<void> {
      try {
        await read()
      } catch (error) {
        if (!isMine() || !isFollowing || isUnauthenticated(toFailure(error))) return
        cancelRetry()
        cancelRetry = ports.clock.after(TRY_AGAIN_MS, () => void attempt(catchUp))
      }
    }

    const live = new Live({
      feed: serverFeed(transport),
      headSeq: async () => (await trpc.alerts.list.query({ scope: 'mine', state: 'open', limit: 1 })).seq,
      // Everything is read once it is live again.
      onResync: () => Promise.resolve(),
      now,
      onEvent(event) {
        hear(event)
        deps.onEvent(event)
      },
      onState(link, since) {
        const wasFollowing = isFollowing
        isFollowing = link === 'live'
        if (link !== 'live') set(linkOf(link, since, state))
        else if (!wasFollowing) void attempt(catchUp)
      },
    })

    function hear(event: DeskEvent): void {
      const { type, data } = event
      if (type === 'alert.preferences_changed') set({ preferences: data as AlertPreferences })
      else {
        const alerts = known.hear(event, state.alerts ?? [])
        if (state.alerts && alerts !== state.alerts) set({ alerts })
      }
      if (known.isStale()) pace.ask()
      if (type === 'presence.changed' && data['agentId'] === state.me?.id) void attempt(readMe)
      if (/^(agent|team)\./.test(type)) void attempt(readMe)
    }

    visit = {
      url,
      token,
      transport,
      close() {
        live.stop()
        pace.stop()
        cancelRetry()
      },
    }
    nudgeLive = () => live.nudge({ suspect: true })
    set(linkOf('connecting', now(), state))
    live.start()
  }

  let nudgeLive: () => void = () => undefined
  /** Counts the looks at who is here: the keychain may answer a former one later than the latest. */
  let looks = 0
  ports.power.onResume(() => visit && nudgeLive())
  ports.power.onUnlock(() => visit && nudgeLive())

  return {
    state: () => state,
    transport: () => visit?.transport ?? null,
    now,
    async reconsider() {
      looks += 1
      const look = looks
      const url = deps.serverUrl()
      const token = url === null ? null : await deps.token()
      if (look !== looks) return
      if (visit && visit.url === url && visit.token === token) return
      // The same session at another address: the server has moved, and whoever is here has not left.
      if (visit && url !== null && visit.token === token) visit.close()
      else leave()
      if (url !== null && token !== null) enter(url, token)
    },
    nudge: () => visit && nudgeLive(),
    async setPresence(presence) {
      const here = visit
      if (!here) return
      try {
        await here.transport.send('presence.set', { state: presence }, newId())
        if (visit === here) set({ presence })
      } catch (error) {
        ports.log(`the presence could not be set: ${toFailure(error).reason}`)
      }
    },
    stop: leave,
  }
}

/** Once attempts fail the link counts as offline until it is live, however soon the next attempt comes. */
function linkOf(
  now: Exclude<LiveState, 'live'>,
  since: number,
  before: OfficeState,
): Pick<OfficeState, 'link' | 'offlineSince'> {
  if (now === 'offline') return { link: 'offline', offlineSince: since }
  return { link: before.link === 'offline' ? 'offline' : 'connecting', offlineSince: before.offlineSince }
}
