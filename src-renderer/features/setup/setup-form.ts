import type { Locale } from '../../i18n/locales.ts'

export const SETUP_STEPS = ['company', 'admin', 'review'] as const
export type SetupStep = (typeof SETUP_STEPS)[number]

/** What `setup.create` takes. */
export interface SetupForm {
  company: string
  timezone: string
  locale: Locale
  admin: { name: string; email: string; password: string }
  /** Asked of whoever sets up from another machine. */
  token: string
}

export const PASSWORD_MIN = 10

export function newSetupForm(locale: Locale): SetupForm {
  return {
    company: '',
    timezone: guessTimezone(),
    locale,
    admin: { name: '', email: '', password: '' },
    token: '',
  }
}

/** A machine that keeps UTC says nothing about where its office is. */
function guessTimezone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return !timeZone || timeZone === 'UTC' ? 'America/Sao_Paulo' : timeZone
}

const COMPANY_FIELDS = ['company', 'timezone', 'locale']

/** The step on which a field of the input stands; undefined for what has no field. */
export function stepOfField(field: string): SetupStep | undefined {
  if (COMPANY_FIELDS.includes(field)) return 'company'
  return field.startsWith('admin.') || field === 'token' ? 'admin' : undefined
}
