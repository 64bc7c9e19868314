/** The languages the client speaks. The first is the original text and the fallback. */
export const LOCALES = ['pt-BR', 'en', 'es'] as const

export type Locale = (typeof LOCALES)[number]

export const FALLBACK_LOCALE: Locale = 'pt-BR'

/** Each language's name in itself, for the choice of language. */
export const LOCALE_NAMES: Record<Locale, string> = {
  'pt-BR': 'Português (Brasil)',
  en: 'English',
  es: 'Español',
}

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value)
}

/** The first language of `wanted` (BCP 47 tags, most wanted first) that the client speaks. */
export function matchLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0]
    const match = LOCALES.find((locale) => locale.toLowerCase().split('-')[0] === language)
    if (match) return match
  }
  return FALLBACK_LOCALE
}
