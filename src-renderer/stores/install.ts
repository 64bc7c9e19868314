import type { Pinia } from 'pinia'
import { watch, type App } from 'vue'
import { createApi } from '../api/client.ts'
import { provideApi } from '../api/provide.ts'
import { watchHiddenRest } from '../api/hidden-rest.ts'
import { watchWakeUps } from '../api/wake-ups.ts'
import { setDeskAhead } from '../ui/use-now.ts'
import type { DeskBridge } from '../desk/bridge.ts'
import { useConnectionStore } from './connection.ts'
import { provideDesk } from './desk.ts'
import { useOutboxStore } from './outbox.ts'
import { useSessionStore } from './session.ts'
import { useWorkspaceStore } from './workspace.ts'

/** Puts the data layer together after `app.use(pinia)` and before mounting; resolves when it is known whether somebody is signed in. */
export async function installDataLayer(app: App, pinia: Pinia, desk: DeskBridge) {
  const api = createApi({
    baseUrl: () => session.serverUrl ?? '',
    getToken: () => session.token,
    onUnauthenticated: (token) => void session.expire(token),
    onServerAhead: setDeskAhead,
  })
  provideDesk(app, desk)
  provideApi(app, api)
  const session = useSessionStore(pinia)
  const workspace = useWorkspaceStore(pinia)
  const outbox = useOutboxStore(pinia)
  const connection = useConnectionStore(pinia)

  /** Opens the drawer of whoever came, locks it when their session ends, and closes it when they leave. */
  async function follow(): Promise<void> {
    const { status, dataKey, agent } = session
    if (status === 'signedIn' && dataKey && agent) {
      if (workspace.current && !workspace.current.isOf(dataKey, agent.id)) connection.stop()
      await workspace.open(dataKey, agent.id, outbox.listener)
      if (session.status !== 'signedIn' || session.agent?.id !== agent.id) return
      outbox.resume()
      connection.start(agent.id)
    } else if (status === 'expired') {
      outbox.pause()
      connection.stop()
    } else if (status === 'signedOut') {
      connection.stop()
      await workspace.close({ forgetReads: true })
    }
  }
  const stopFollowing = watch(
    () => [session.status, session.agent?.id, session.token],
    () => void follow(),
  )

  // The server may have got another address; the desktop looks for it by its key.
  const stopSearching = watch(
    () => connection.state,
    (state) => {
      if (state === 'offline') void desk.pairing?.offline()
    },
  )

  // Another role or other teams: what this agent may see is no longer what is shown.
  connection.onEvent(({ type, data }) => {
    if (type === 'agent.updated' && data['id'] === session.agent?.id) void connection.resync()
  })
  const stopWakeUps = watchWakeUps({
    page: window,
    document,
    onWake: (wake) => {
      connection.nudge(wake)
      outbox.nudge()
    },
  })
  const stopResting = watchHiddenRest({ document, onRest: connection.rest, onReturn: connection.wake })
  const flushDrafts = (): void => void workspace.current?.drafts.flush()
  const rescueDrafts = (): void => workspace.current?.drafts.rescue()
  window.addEventListener('pagehide', rescueDrafts)
  document.addEventListener('visibilitychange', flushDrafts)

  /** Leaves nothing behind that runs; what was written stays. */
  async function stop(): Promise<void> {
    stopFollowing()
    stopSearching()
    stopWakeUps()
    stopResting()
    window.removeEventListener('pagehide', rescueDrafts)
    document.removeEventListener('visibilitychange', flushDrafts)
    connection.stop()
    await workspace.close({ forgetReads: false })
  }
  app.onUnmount(() => void stop())

  await session.start()
  return { api, session, stop }
}
