import { createApp } from 'vue'
import type { DeskBridge } from '../../../desk/bridge.ts'
import { i18n } from '../../../i18n/index.ts'
import { provideDesk } from '../../../stores/desk.ts'
import { playOrderedSounds } from '../ordered-sounds.ts'
import AlertWindow from './AlertWindow.vue'

/**
 * The window of alerts is a page of its own, with neither router, session nor live link: the main process tells it all it shows, so
 * that it stands there at once, whoever is logged in, and nothing is sent twice.
 */
export function startAlertWindow(desk: DeskBridge): void {
  const app = createApp(AlertWindow).use(i18n)
  provideDesk(app, desk)
  playOrderedSounds(desk)
  app.mount('#app')
}
