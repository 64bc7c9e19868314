import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import type { CalendarChanges, CalendarView } from '../../../../../server/sla/calendar.contract.ts'
import { useApi } from '../../../../api/provide.ts'
import { useOutboxStore } from '../../../../stores/outbox.ts'
import { useFreshQuery } from '../../../../stores/use-fresh-query.ts'
import { useSubmit } from '../../../../stores/use-submit.ts'
import { calendarConflicts, expectedCalendars, type CalendarConflict } from './calendars.ts'
import { toCalendar, type CalendarDraft } from './draft.ts'

const KEY = ['calendars']

/** The office's calendars with what is on its way laid over, and everything that can be done to them. */
export function useCalendars() {
  const { trpc } = useApi()
  const outbox = useOutboxStore()
  const submit = useSubmit()
  const query = useQuery<CalendarView[]>({ key: KEY, query: () => trpc.calendars.list.query() })
  const refetch = useFreshQuery(KEY, ({ type }) => /^(calendar|policy|team)\./.test(type))

  const calendars = computed(() =>
    query.data.value ? expectedCalendars(query.data.value, outbox.waiting) : null,
  )
  const conflicts = computed(() => calendarConflicts(outbox.refused))

  /** @throws what the desk refuses, for the form to show */
  async function create(draft: CalendarDraft): Promise<void> {
    const answer = await submit('calendars.create', toCalendar(draft))
    if (answer) await refetch()
  }

  /**
   * Answers false when the edit met somebody else's and now stands in `conflicts`.
   * @throws what the desk refuses for other reasons, for the form to show
   */
  async function update(id: string, version: number, changes: CalendarChanges['changes']): Promise<boolean> {
    // Whoever saves again has made up their mind about an earlier conflict.
    for (const { commandId, current } of conflicts.value)
      if (current.id === id) await outbox.discard(commandId)
    let isConflict = false
    try {
      const input = { id, version, changes }
      await submit('calendars.update', input, ({ code }) => (isConflict = code === 'CONFLICT'))
    } catch (error) {
      if (!isConflict) throw error
    }
    await refetch()
    return !isConflict
  }

  /** Lets one's own values win over what somebody else saved meanwhile. */
  const insist = ({ commandId, current, changes }: CalendarConflict) =>
    outbox.retry(commandId, { id: current.id, version: current.version, changes })

  async function giveWay({ commandId }: CalendarConflict): Promise<void> {
    await outbox.discard(commandId)
    await refetch()
  }

  return {
    calendars,
    error: query.error,
    refetch,
    conflicts,
    create,
    update,
    insist,
    giveWay,
    archive: (id: string) => outbox.enqueue('calendars.archive', { id }),
    restore: (id: string) => outbox.enqueue('calendars.restore', { id }),
  }
}
