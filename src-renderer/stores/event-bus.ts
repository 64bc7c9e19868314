import { getCurrentScope, onScopeDispose } from 'vue'
import type { DeskEvent } from '../../server/events/contract.ts'

/** Passes live events on to the stores. A handler lives as long as the store or component that asked. */
export function createEventBus() {
  const eventHandlers = new Set<(event: DeskEvent) => void>()
  const resyncHandlers = new Set<() => Promise<void>>()
  const backHandlers = new Set<() => void>()

  function keep<Handler>(handlers: Set<Handler>, handler: Handler): void {
    handlers.add(handler)
    if (getCurrentScope()) onScopeDispose(() => handlers.delete(handler))
  }

  return {
    onEvent: (handler: (event: DeskEvent) => void): void => keep(eventHandlers, handler),
    onResync: (handler: () => Promise<void>): void => keep(resyncHandlers, handler),
    onBack: (handler: () => void): void => keep(backHandlers, handler),
    publish(event: DeskEvent): void {
      for (const handler of [...eventHandlers]) handler(event)
    },
    back(): void {
      for (const handler of [...backHandlers]) handler()
    },
    async resync(): Promise<void> {
      await Promise.allSettled([...resyncHandlers].map((handler) => handler()))
    },
  }
}
