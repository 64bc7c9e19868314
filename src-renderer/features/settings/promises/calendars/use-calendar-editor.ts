import { computed, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { CalendarView } from '../../../../../server/sla/calendar.contract.ts'
import { toFailure, toUserMessage } from '../../../../api/errors.ts'
import { useDraft } from '../../../../stores/use-draft.ts'
import { useWorkspaceStore } from '../../../../stores/workspace.ts'
import type { CalendarConflict } from './calendars.ts'
import {
  calendarChanges,
  draftFaults,
  isFaulty,
  refusedFaults,
  toDraft,
  type CalendarDraft,
  type DraftFaults,
} from './draft.ts'
import { recorded, redone, startHistory, undone, type History } from './history.ts'
import type { useCalendars } from './use-calendars.ts'

interface Kept {
  /** What the editor began with. */
  base: CalendarDraft
  draft: CalendarDraft
  /** The version of the calendar that `base` is. */
  version: number
}

export interface CalendarEditorOptions {
  /** Under this name the unfinished calendar is kept on this PC. */
  name: string
  /** Null for a calendar that is new. */
  calendar: CalendarView | null
  start: CalendarDraft
  store: Pick<ReturnType<typeof useCalendars>, 'create' | 'update' | 'insist' | 'giveWay'>
}

/** A calendar in the making: kept while it is unfinished, every step can be taken back, checked by the desk's own rules. */
export function useCalendarEditor({ name, calendar, start, store }: CalendarEditorOptions) {
  const { t } = useI18n()
  const workspace = useWorkspaceStore()
  const blank = (): Kept => ({ base: start, draft: start, version: calendar?.version ?? 0 })
  const { content, isReady, clear } = useDraft<Kept>(name, blank)
  const history = shallowRef<History<CalendarDraft>>(startHistory(start))
  const isResumed = ref(false)
  /** What the desk said of the draft as it was then. */
  const refused = shallowRef<{ draft: CalendarDraft; faults: DraftFaults } | null>(null)
  const message = ref('')
  const busy = ref(false)
  /** Saving was tried: what is missing may be said aloud. */
  const tried = ref(false)

  const draft = computed(() => history.value.present)
  const isDirty = computed(() => Object.keys(calendarChanges(content.value.base, draft.value)).length > 0)
  const faults = computed(() => {
    const own = draftFaults(draft.value)
    return isFaulty(own) || refused.value?.draft !== draft.value ? own : refused.value.faults
  })

  watch(isReady, (ready) => {
    if (!ready) return
    history.value = startHistory(JSON.parse(JSON.stringify(content.value.draft)) as CalendarDraft)
    isResumed.value = isDirty.value
  })

  function step(next: History<CalendarDraft>): void {
    history.value = next
    content.value = { ...content.value, draft: next.present }
  }

  async function startOver(): Promise<void> {
    await clear()
    history.value = startHistory(start)
    isResumed.value = false
  }

  /** Answers whether it was saved; what was not stands in `faults`, `message` or the conflicts. */
  async function save(): Promise<boolean> {
    tried.value = true
    message.value = ''
    if (isFaulty(faults.value)) return false
    const sent = draft.value
    busy.value = true
    try {
      const changes = calendarChanges(content.value.base, sent)
      if (!calendar) await store.create(sent)
      else if (
        Object.keys(changes).length > 0 &&
        !(await store.update(calendar.id, content.value.version, changes))
      )
        return false
      await clear()
      return true
    } catch (error) {
      refused.value = { draft: sent, faults: refusedFaults(sent, toFailure(error).fieldErrors) }
      if (!isFaulty(refused.value.faults)) message.value = toUserMessage(error, t)
      return false
    } finally {
      busy.value = false
    }
  }

  async function useOwn(conflict: CalendarConflict): Promise<void> {
    await store.insist(conflict)
    await clear()
  }

  /** Goes on with what somebody else saved. */
  async function keepCurrent(conflict: CalendarConflict): Promise<void> {
    await store.giveWay(conflict)
    const theirs = toDraft(conflict.current)
    content.value = { base: theirs, draft: theirs, version: conflict.current.version }
    history.value = recorded(history.value, theirs)
  }

  /** Remembers the draft as it is; the function it answers keeps it again after it was thrown away. */
  function putBack(): () => Promise<void> {
    const copy = JSON.parse(JSON.stringify(content.value)) as Kept
    return async () => (await workspace.whenOpen()).drafts.save(name, copy)
  }

  return {
    draft,
    faults,
    message,
    busy,
    tried,
    isReady,
    isDirty,
    isResumed,
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    /** Steps of one `tag` in a row are taken back together. */
    change: (patch: Partial<CalendarDraft>, tag: string | null = null) =>
      step(recorded(history.value, { ...draft.value, ...patch }, tag)),
    undo: () => step(undone(history.value)),
    redo: () => step(redone(history.value)),
    save,
    startOver,
    useOwn,
    keepCurrent,
    clear,
    putBack,
  }
}
