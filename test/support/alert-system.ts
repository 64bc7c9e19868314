/** A system that shows notifications as a test says, and the person who sees them. */
import type {
  Attention,
  AttentionState,
  NotificationListener,
  NotificationSpec,
  Notifier,
} from '../../src-main/ports.ts'

export function createAlertSystem() {
  const system = {
    isSupported: true,
    permission: 'granted' as 'granted' | 'denied' | 'unknown',
    attention: 'free' as AttentionState,
    /** What it does with a notification. */
    /** It answers a question about itself when this resolves. */
    answers: Promise.resolve(),
    shows: 'shows' as 'shows' | 'swallows' | 'throws' | { fails: string },
  }
  const onScreen = new Map<string, { spec: NotificationSpec; listener: NotificationListener }>()
  const everShown: NotificationSpec[] = []
  const notifier: Notifier = {
    isSupported: () => system.isSupported,
    show(spec, listener) {
      everShown.push(spec)
      if (system.shows === 'swallows') return
      if (system.shows === 'throws') throw new Error('no notification service')
      if (system.shows !== 'shows') return listener.onFailed(system.shows.fails)
      onScreen.set(spec.id, { spec, listener })
      listener.onShown()
    },
    remove: (id) => void onScreen.delete(id),
  }
  const attention: Attention = {
    state: () => system.answers.then(() => system.attention),
    permission: () => Promise.resolve(system.permission),
  }
  return {
    system,
    everShown,
    ports: { notifier, attention },
    shown: () => [...onScreen.values()].map(({ spec }) => spec),
    press: (id: string, action: string) => onScreen.get(id)?.listener.onAction(action),
    click: (id: string) => onScreen.get(id)?.listener.onClicked(),
  }
}
