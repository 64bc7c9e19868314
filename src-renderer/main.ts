import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import App from './App.vue'
import { useApi } from './api/provide.ts'
import { startAppearance } from './appearance.ts'
import { desk } from './desk/index.ts'
import { i18n, startI18n } from './i18n/index.ts'
import { isLocale } from './i18n/locales.ts'
import { createAppRouter } from './router.ts'
import { installDataLayer } from './stores/install.ts'
import { useSessionStore } from './stores/session.ts'
import './styles/tokens.css'
import './styles/base.css'

async function start(): Promise<void> {
  startAppearance()
  await startI18n()
  watch(i18n.global.locale, (locale) => isLocale(locale) && void desk.setLanguage(locale), {
    immediate: true,
  })

  const pinia = createPinia()
  const app = createApp(App).use(pinia).use(PiniaColada).use(i18n)
  await installDataLayer(app, pinia, desk)
  const api = app.runWithContext(useApi)
  app.use(createAppRouter({ api, session: useSessionStore(pinia) })).mount('#app')
}

void start()
