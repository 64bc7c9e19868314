import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { Holiday, NewCalendar } from '../../../server/sla/calendar.contract.ts'
import { useApi } from '../../api/provide.ts'
import { loadLocale } from '../../i18n/index.ts'
import type { Locale } from '../../i18n/locales.ts'
import { useSubmit } from '../../stores/use-submit.ts'
import { showToast } from '../../ui/toasts.ts'
import { isBrazilian } from '../settings/promises/calendars/places.ts'
import { localDate } from '../settings/promises/calendars/zoned-time.ts'
import { toHours } from '../settings/promises/calendars/week.ts'
import { officeWindows, publicHolidays, type OfficeHours } from './office-hours.ts'

/** Holidays that move from year to year are entered for this year and so many more. */
const YEARS_AHEAD = 4

/** The office's first calendar, made once somebody is signed in. */
export function useOfficeCalendar() {
  const { t } = useI18n()
  const { trpc } = useApi()
  const router = useRouter()
  const submit = useSubmit()

  /** The desk stands without it: what goes wrong is said, with where to make it instead. `locale` is that of what it says. */
  async function create(hours: OfficeHours, timezone: string, locale: Locale): Promise<void> {
    if (!hours.isOn) return
    try {
      const holidays = hours.holidays && isBrazilian(timezone) ? await nationalHolidays(timezone, locale) : []
      await loadLocale(locale)
      const name = t('setup.hours.calendarName', {}, { locale })
      const calendar: NewCalendar = { name, timezone, hours: toHours(officeWindows(hours)), holidays }
      await submit('calendars.create', calendar)
    } catch {
      showToast({
        tone: 'danger',
        text: t('setup.hours.failed'),
        action: {
          label: t('setup.hours.open'),
          run: async () => void (await router.push({ name: 'settings', params: { section: 'calendars' } })),
        },
      })
    }
  }

  async function nationalHolidays(timezone: string, locale: Locale): Promise<Holiday[]> {
    const fromYear = Number(localDate(Date.now(), timezone).slice(0, 4))
    const toYear = fromYear + YEARS_AHEAD
    return publicHolidays(await trpc.calendars.holidays.query({ country: 'BR', fromYear, toYear, locale }))
  }

  return { create }
}
