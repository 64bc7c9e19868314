import type { Permission, Viewer } from '../access/viewer.ts'
import type { Services } from '../app.ts'
import type { LiveMessage } from './contract.ts'
import { followEvents, type NameOf } from './feed.ts'

export const livePermission: Permission = 'desk.read'

/**
 * What one viewer hears, from `lastEventId` on when they have been here before. Ends with the session, when what the viewer may
 * see has changed, when the server stops or `signal` aborts; the client comes back and is seen as it then is.
 */
export async function* followFor(
  {
    store,
    hub,
    people,
    ruleBook,
    sessions,
    shutdown,
    attendance,
  }: Pick<Services, 'store' | 'hub' | 'people' | 'ruleBook' | 'sessions' | 'shutdown' | 'attendance'>,
  viewer: Viewer,
  lastEventId: string | null,
  signal: AbortSignal,
): AsyncGenerator<LiveMessage> {
  await people.current()
  await ruleBook.current()
  const ended = AbortSignal.any([shutdown.signal, sessions.endSignal(viewer), signal])
  const nameOf: NameOf = (type, id) => (type === 'rule' ? ruleBook.ruleName(id) : people.agentName(id))
  const leave = attendance.arrive(viewer.agentId)
  try {
    yield* followEvents(
      { read: store.read, hub, nameOf },
      viewer,
      lastEventId === null ? null : Number(lastEventId),
      ended,
    )
  } finally {
    leave()
  }
}
