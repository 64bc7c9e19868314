import { inject, type App, type InjectionKey } from 'vue'
import type { DeskBridge } from '../desk/bridge.ts'

const deskKey: InjectionKey<DeskBridge> = Symbol('desk')

export function provideDesk(app: App, desk: DeskBridge): void {
  app.provide(deskKey, desk)
}

export function useDesk(): DeskBridge {
  const desk = inject(deskKey, null)
  if (!desk) throw new Error('provideDesk was not called')
  return desk
}
