import { useQuery } from '@pinia/colada'
import { useI18n } from 'vue-i18n'
import { useApi } from '../../../api/provide.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'

const key = ['calendars', 'list']

/** What the calendars are called that promises are counted by. */
export function useCalendarNames() {
  const { t } = useI18n()
  const { trpc } = useApi()
  const { data } = useQuery({ key, query: () => trpc.calendars.list.query() })
  useFreshQuery(key, ({ type }) => type.startsWith('calendar.'))

  return {
    /** Null is round the clock; the answer is null while nobody knows the name. */
    calendarName: (id: string | null): string | null =>
      id === null
        ? t('ticket.sla.always')
        : (data.value?.find((calendar) => calendar.id === id)?.name ?? null),
  }
}
