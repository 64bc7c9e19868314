import { createI18n } from 'vue-i18n'
import { FALLBACK_LOCALE, isLocale, matchLocale, type Locale } from './locales.ts'

const STORAGE_KEY = 'balcao.locale'

/** One chunk per language; inside it, one file per area, and the file's name is the first part of its keys. */
const loaders: Record<Locale, () => Promise<{ default: Record<string, Record<string, unknown>> }>> = {
  'pt-BR': () => import('./messages/pt-BR.ts'),
  en: () => import('./messages/en.ts'),
  es: () => import('./messages/es.ts'),
}

export const i18n = createI18n({
  legacy: false,
  locale: FALLBACK_LOCALE,
  fallbackLocale: FALLBACK_LOCALE,
  messages: {},
})

const loaded = new Set<Locale>()

/** Makes the texts of `locale` known, for words that are written in another language than the screen's. */
export async function loadLocale(locale: Locale): Promise<void> {
  if (loaded.has(locale)) return
  const { default: files } = await loaders[locale]()
  const messages = Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path.replace(/^.*\/(.+)\.json$/, '$1'), content]),
  )
  i18n.global.setLocaleMessage(locale, messages)
  loaded.add(locale)
}

/** Switches the whole client to `locale` and keeps the choice on this device. */
export async function setLocale(locale: Locale): Promise<void> {
  await applyLocale(locale)
  localStorage.setItem(STORAGE_KEY, locale)
}

/** Follows the language that the agent's profile names, unless another was chosen on this device. */
export async function followLocale(locale: Locale): Promise<void> {
  if (!isLocale(localStorage.getItem(STORAGE_KEY))) await applyLocale(locale)
}

/** Shows `locale` without keeping it: for a screen whose language was chosen elsewhere. */
export async function applyLocale(locale: Locale): Promise<void> {
  await Promise.all([loadLocale(locale), loadLocale(FALLBACK_LOCALE)])
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

/** Loads the kept language, or the system's, before the first screen is drawn. */
export async function startI18n(): Promise<void> {
  const kept = localStorage.getItem(STORAGE_KEY)
  await applyLocale(isLocale(kept) ? kept : matchLocale(navigator.languages))
}
