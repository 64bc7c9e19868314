/** The page's own words of alerts, for notifications: one wording, whoever says it. */
import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base'
import { durationParts } from '../../src-renderer/i18n/format.ts'
import enAlerts from '../../src-renderer/i18n/messages/en/alerts.json' with { type: 'json' }
import enCommon from '../../src-renderer/i18n/messages/en/common.json' with { type: 'json' }
import enDesktop from '../../src-renderer/i18n/messages/en/desktop.json' with { type: 'json' }
import esAlerts from '../../src-renderer/i18n/messages/es/alerts.json' with { type: 'json' }
import esCommon from '../../src-renderer/i18n/messages/es/common.json' with { type: 'json' }
import esDesktop from '../../src-renderer/i18n/messages/es/desktop.json' with { type: 'json' }
import ptAlerts from '../../src-renderer/i18n/messages/pt-BR/alerts.json' with { type: 'json' }
import ptCommon from '../../src-renderer/i18n/messages/pt-BR/common.json' with { type: 'json' }
import ptDesktop from '../../src-renderer/i18n/messages/pt-BR/desktop.json' with { type: 'json' }
import type { Language } from '../ipc/contract.ts'

// What vue-i18n does for the page.
registerMessageCompiler(compile)
registerMessageResolver(resolveValue)

/** Typed plainly: inferred from every message, the keys' union is more than the compiler takes. */
const translateIn = translate as unknown as (context: object, key: string, ...args: unknown[]) => unknown

const messages: Record<Language, object> = {
  'pt-BR': { alerts: ptAlerts, common: ptCommon, desktop: ptDesktop },
  en: { alerts: enAlerts, common: enCommon, desktop: enDesktop },
  es: { alerts: esAlerts, common: esCommon, desktop: esDesktop },
}

export interface Texts {
  /** `count` among the values chooses the plural. */
  t(key: string, values?: Readonly<Record<string, string | number>>): string
  /** "8 min", "2 h 10", "3 d 4 h". */
  duration(ms: number): string
}

const made = new Map<Language, Texts>()

export function textsIn(language: Language): Texts {
  const known = made.get(language)
  if (known) return known
  const context = createCoreContext({
    locale: language,
    fallbackLocale: 'pt-BR',
    messages: { [language]: messages[language], 'pt-BR': messages['pt-BR'] } as never,
    missingWarn: false,
    fallbackWarn: false,
  })
  const t: Texts['t'] = (key, values = {}) => {
    const { count } = values
    const text =
      typeof count === 'number' ? translateIn(context, key, values, count) : translateIn(context, key, values)
    return String(text)
  }
  const texts: Texts = {
    t,
    duration(ms) {
      const { unit, days, hours, minutes } = durationParts(ms)
      if (unit === 'days')
        return hours === 0
          ? t('common.duration.days', { days })
          : t('common.duration.daysHours', { days, hours })
      if (unit === 'hours') return t('common.duration.hoursMinutes', { hours, minutes })
      return t('common.duration.minutes', { minutes })
    },
  }
  made.set(language, texts)
  return texts
}
