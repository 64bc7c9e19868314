import { Notification } from 'electron'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { NotificationListener, NotificationSpec, Notifier } from '../ports.ts'

const reasons = { userCanceled: 'user', timedOut: 'timeout', applicationHidden: 'program' } as const

interface Shown {
  readonly notification: Notification
  /** We put it away ourselves. */
  isRemoved: boolean
}

export function createNotifier(platform: DesktopPlatform): Notifier {
  // Held until dealt with: one that is collected hears no click. A toast that timed out can still be clicked in the system's list.
  const held = new Map<string, Shown>()

  const remove = (id: string): void => {
    const shown = held.get(id)
    held.delete(id)
    if (shown) {
      shown.isRemoved = true
      shown.notification.close()
    }
    // Also those of an earlier run.
    if (platform === 'macos') Notification.remove(id)
  }

  return {
    isSupported: () => Notification.isSupported(),
    show(spec, listener) {
      remove(spec.id)
      const shown: Shown = { notification: build(spec), isRemoved: false }
      held.set(spec.id, shown)
      listen(spec, shown, listener, () => {
        if (held.get(spec.id) === shown) held.delete(spec.id)
      })
      shown.notification.show()
    },
    remove,
  }
}

function build({
  id,
  group,
  title,
  body,
  isSilent,
  urgency,
  isSticky,
  actions,
}: NotificationSpec): Notification {
  return new Notification({
    id,
    groupId: group,
    title,
    body,
    silent: isSilent,
    urgency,
    timeoutType: isSticky ? 'never' : 'default',
    actions: actions.map(({ label }) => ({ type: 'button', text: label })),
  })
}

function listen(
  { actions }: NotificationSpec,
  shown: Shown,
  listener: NotificationListener,
  letGo: () => void,
): void {
  const { notification } = shown
  let isSettled = false
  const settle = (tell: () => void): void => {
    if (isSettled) return
    isSettled = true
    tell()
  }
  notification.once('show', () => settle(() => listener.onShown()))
  notification.once('failed', (_event, error) => {
    letGo()
    settle(() => listener.onFailed(error))
  })
  notification.once('click', () => {
    letGo()
    listener.onClicked()
  })
  notification.once('action', ({ actionIndex }) => {
    letGo()
    const action = actions[actionIndex]
    if (action) listener.onAction(action.id)
  })
  notification.once('close', ({ reason }) => {
    const why = shown.isRemoved ? 'program' : reason === undefined ? 'unknown' : reasons[reason]
    if (why === 'user') letGo()
    listener.onClosed(why)
  })
}
