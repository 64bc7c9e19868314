import type { Permission, Viewer } from '../access/viewer.ts'
import type { Services } from '../app.ts'
import type { LiveScope, LiveSnapshot } from './contract.ts'
import { scopeFor } from './scope.ts'

export const livePermission: Permission = 'tickets.read'

/** What one viewer sees of the desk. Ends with the session, when what they may see has changed, when the server stops or `signal` aborts. */
export function watchFor(
  { liveDesk, sessions, shutdown }: Pick<Services, 'liveDesk' | 'sessions' | 'shutdown'>,
  viewer: Viewer,
  asked: LiveScope,
  signal: AbortSignal,
): AsyncGenerator<LiveSnapshot> {
  const ended = AbortSignal.any([shutdown.signal, sessions.endSignal(viewer), signal])
  return liveDesk.follow(scopeFor(viewer, asked), ended)
}
