import { computed, type Ref } from 'vue'
import type { CalendarView } from '../../../../../server/sla/calendar.contract.ts'
import type { PolicyPreset, PolicyView } from '../../../../../server/sla/contract.ts'
import { useCatalogStore } from '../../../../stores/catalog.ts'
import { blankPolicy, toPolicyDraft, type PolicyDraft } from './policy-draft.ts'
import { useDurationWords } from './use-duration-words.ts'

export interface EditedOptions {
  /** A policy's id, `new`, or `new-` and a preset's key; null while nothing is edited. */
  named: Ref<string | null>
  policies: Ref<readonly PolicyView[] | null>
  presets: Ref<readonly PolicyPreset[]>
  calendars: Ref<readonly CalendarView[] | null>
}

export interface Edited {
  /** What its unfinished form is kept under. */
  name: string
  policy: PolicyView | null
  start: PolicyDraft
  notice: string | null
}

/** What the editor begins with; null while nothing is edited, or not everything for it is known yet. */
export function useEdited({ named, policies, presets, calendars }: EditedOptions) {
  const catalog = useCatalogStore()
  const { write } = useDurationWords()

  const open = (policy: PolicyView): PolicyDraft =>
    toPolicyDraft(policy, { write, priorities: catalog.catalog?.priorities ?? [] })

  /** One calendar is no choice. */
  function withCalendar(draft: PolicyDraft): PolicyDraft {
    const [only, ...others] = (calendars.value ?? []).filter(({ archived }) => !archived)
    return only && others.length === 0 ? { ...draft, calendarId: only.id } : draft
  }

  const edited = computed<Edited | null>(() => {
    if (!named.value || !catalog.catalog || !calendars.value || !policies.value) return null
    const name = `policy:${named.value}`
    if (named.value === 'new') return { name, policy: null, start: withCalendar(blankPolicy()), notice: null }
    const preset = presets.value.find(({ key }) => `new-${key}` === named.value)
    if (preset) {
      const { priorities } = catalog.catalog
      const draft = toPolicyDraft(preset.policy, { write, priorities })
      const start = preset.needsCalendar ? withCalendar({ ...draft, isAlways: false }) : draft
      return { name, policy: null, start, notice: preset.notice }
    }
    const policy = policies.value.find(({ id }) => id === named.value)
    return policy ? { name, policy, start: open(policy), notice: null } : null
  })

  return { edited, open }
}
