import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import App from './App.vue'
import { useApi } from './api/provide.ts'
import { startAppearance } from './appearance.ts'
import { desk } from './desk/index.ts'
import { followDesktop, keepToItself } from './features/desktop/follow-desktop.ts'
import { i18n, startI18n } from './i18n/index.ts'
import { isLocale } from './i18n/locales.ts'
import { createAppRouter } from './router.ts'
import { installDataLayer } from './stores/install.ts'
import { useSessionStore } from './stores/session.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'

async function start(): Promise<void> {
  startAppearance()
  await startI18n()
  watch(i18n.global.locale, (locale) => isLocale(locale) && void desk.setLanguage(locale), {
    immediate: true,
  })
  if (desk.alerts && location.pathname === '/window/alerts') {
    const { startAlertWindow } = await import('./features/alerts/window/start-alert-window.ts')
    return startAlertWindow(desk)
  }

  const pinia = createPinia()
  const app = createApp(App).use(pinia).use(PiniaColada).use(i18n)
  await installDataLayer(app, pinia, desk)
  const api = app.runWithContext(useApi)
  const router = createAppRouter({ api, session: useSessionStore(pinia) })
  keepToItself(desk, router, location.pathname)
  followDesktop(desk, router, (key) => i18n.global.t(key))
  app.use(router).mount('#app')
}

void start()
