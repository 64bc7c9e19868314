import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { minuteOfDay, type CalendarView } from '../../../../../server/sla/calendar.contract.ts'
import { useApi } from '../../../../api/provide.ts'
import { useFreshQuery } from '../../../../stores/use-fresh-query.ts'
import type { Option } from '../../../../ui/options.ts'

const KEY = ['calendars']
const DAY_MINUTES = 24 * 60

/** The office's calendars, to choose from. */
export function useCalendarChoice() {
  const { trpc } = useApi()
  const query = useQuery<CalendarView[]>({ key: KEY, query: () => trpc.calendars.list.query() })
  useFreshQuery(KEY, ({ type }) => type.startsWith('calendar.'))

  const calendars = computed(() => query.data.value ?? [])
  const calendar = (id: string | null) => calendars.value.find((each) => each.id === id) ?? null

  /** Those in use, and the one that is chosen even when it was retired since. */
  const optionsFor = (chosen: string | null): Option[] =>
    calendars.value
      .filter(({ id, archived }) => !archived || id === chosen)
      .map(({ id, name, timezone }) => ({ value: id, label: name, hint: timezone.replaceAll('_', ' ') }))

  return {
    /** Null until they are known. */
    known: computed(() => query.data.value ?? null),
    error: query.error,
    refetch: query.refetch,
    calendar,
    optionsFor,
    nameOf: (id: string) => calendar(id)?.name ?? null,
    /** How long a calendar is open on a day that it is open at all. */
    openMinutesPerDay(id: string | null): number | null {
      const days = Object.values(calendar(id)?.hours ?? {}).filter((windows) => windows.length > 0)
      const minutes = days
        .flat()
        .map(
          ([from, until]) =>
            (minuteOfDay(until) - minuteOfDay(from) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES,
        )
      return days.length > 0 ? minutes.reduce((sum, each) => sum + each, 0) / days.length : null
    },
  }
}
