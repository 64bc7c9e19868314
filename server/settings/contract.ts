import { z } from 'zod'

export const locales = ['pt-BR', 'en', 'es'] as const
export type Locale = (typeof locales)[number]
export const localeSchema = z.enum(locales)

/** A zone of the IANA database that this machine knows, such as `America/Sao_Paulo`. */
export const timezoneSchema = z.string().max(64).refine(isTimezone, 'settings.timezone_unknown')

export const companySchema = z.string().trim().min(1).max(120)

/** What the office as a whole agreed on. */
export interface OfficeSettings {
  company: string
  timezone: string
  /** Of new agents, and of what the desk itself writes. */
  locale: Locale
}

export const updateSettingsInput = z.strictObject({
  company: companySchema.optional(),
  timezone: timezoneSchema.optional(),
  locale: localeSchema.optional(),
})
export type UpdateSettings = z.infer<typeof updateSettingsInput>

function isTimezone(name: string): boolean {
  // Intl also takes offsets such as "+03:00", which know no daylight saving and so are not a place's time.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
