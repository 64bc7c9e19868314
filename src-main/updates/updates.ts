/** Keeps this program at the version that its office's server offers: looks, loads in the background, says when it is ready. */
import type { DesktopPorts } from '../ports.ts'
import { compatibilityWith, health, type Health } from './handshake.ts'
import type { UpdateProgress, UpdateState } from './ipc.ts'

const HOUR_MS = 60 * 60_000
/** Offices put a release on the server and expect it on the PCs the same half-day; the server's own word comes at once. */
const LOOK_EVERY_MS = 4 * HOUR_MS
/** After a failure: soon enough for a day's work, rare enough for a server that is short of breath. */
const TRY_AGAIN_MS = 15 * 60_000
const HEALTH_PATIENCE_MS = 10_000

export interface UpdatesDeps {
  readonly ports: Pick<DesktopPorts, 'env' | 'clock' | 'updater' | 'fetch' | 'log'>
  serverUrl(): string | null
  /** Told of every change. */
  onState(state: UpdateState): void
  /** Resolves when nothing that this program started has its files open: Windows replaces no file that is. */
  makeWay(): Promise<void>
}

export interface Updates {
  state(): UpdateState
  /** The server has been reached, has changed, or speaks of a new release: look now. */
  look(): Promise<void>
  install(): Promise<void>
  stop(): void
}

export function createUpdates({ ports, serverUrl, onState, makeWay }: UpdatesDeps): Updates {
  const { env, clock, updater } = ports
  let server: Health | null = null
  let progress: UpdateProgress | null = env.isInstalled ? { step: 'none' } : null
  let looking: Promise<void> | null = null
  let cancelTimer: () => void = () => undefined

  const state = (): UpdateState => ({
    version: env.version,
    serverVersion: server?.version ?? null,
    compatibility: server ? compatibilityWith(server) : 'ok',
    progress,
  })

  const tell = (changes: { progress?: UpdateProgress; server?: Health | null }): void => {
    if (changes.progress) progress = changes.progress
    if (changes.server !== undefined) server = changes.server
    onState(state())
  }

  async function lookOnce(): Promise<void> {
    const url = serverUrl()
    if (url === null) return tell({ server: null })
    try {
      const answer = await ports.fetch(`${url}/health`, { signal: AbortSignal.timeout(HEALTH_PATIENCE_MS) })
      tell({ server: health.parse(await answer.json()) })
    } catch {
      // Not reached: whoever follows the link says so; there is nothing to load either.
      return lookAgainIn(TRY_AGAIN_MS)
    }
    if (!env.isInstalled || progress?.step === 'ready') return lookAgainIn(LOOK_EVERY_MS)
    try {
      await load(`${url}/updates`)
      lookAgainIn(LOOK_EVERY_MS)
    } catch (error) {
      ports.log(`no update could be loaded: ${String(error)}`)
      tell({ progress: { step: 'failed' } })
      lookAgainIn(TRY_AGAIN_MS)
    }
  }

  async function load(feedUrl: string): Promise<void> {
    tell({ progress: { step: 'checking' } })
    const found = await updater.check(feedUrl)
    if (!found) return tell({ progress: { step: 'none' } })
    const { version } = found
    tell({ progress: { step: 'loading', version, share: 0 } })
    await updater.download((share) => tell({ progress: { step: 'loading', version, share } }))
    tell({ progress: { step: 'ready', version } })
  }

  function lookAgainIn(ms: number): void {
    cancelTimer()
    cancelTimer = clock.after(ms, () => void look())
  }

  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = null
    })
    return looking
  }

  return {
    state,
    look,
    async install() {
      if (progress?.step !== 'ready') return
      await makeWay()
      updater.install()
    },
    stop: () => cancelTimer(),
  }
}
