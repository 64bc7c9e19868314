import { useI18n } from 'vue-i18n'
import type { MacroAction, MacroEffect, MacroView } from '../../../../server/macros/contract.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCatalogStore } from '../../../stores/catalog.ts'
import { useDelayWords } from '../../settings/automation/rules/use-delay-words.ts'
import { statusFor } from '../lifecycle.ts'
import { useNames } from '../use-names.ts'

const MAX_NOTE = 60

const properties = {
  setPriority: 'priorityId',
  setStatus: 'statusId',
  setTeam: 'teamId',
  setAgent: 'agentId',
  setType: 'typeId',
  setCategory: 'categoryId',
  setUrgency: 'urgency',
  setImpact: 'impact',
  setField: 'fields',
  setDue: 'dueAt',
  addTags: 'tags',
  removeTags: 'tags',
  close: 'statusId',
  addNote: null,
} as const satisfies Record<MacroAction['do'], MacroEffect['property']>

/** What ready answers do, in words. */
export function useEffectWords() {
  const { t } = useI18n()
  const format = useFormat()
  const store = useCatalogStore()
  const { names } = useNames()
  const delayWords = useDelayWords()

  function effectText({ do: deed, property, value, field, after }: MacroEffect): string {
    const [first = ''] = value ?? []
    if (property === null)
      return t('macros.effect.note', {
        text: first.length > MAX_NOTE ? `${first.slice(0, MAX_NOTE)}…` : first,
      })
    if (field) {
      const called = { property: names.value.fieldName(field.key) }
      return field.value === null
        ? t('macros.effect.clear', called)
        : t('macros.effect.set', { ...called, value: names.value.fieldValue(field.key, field.value) })
    }
    const name = t(`ticket.property.${property}`)
    if (after) return t('macros.effect.setAfter', { property: name, time: delayWords(after) })
    if (deed === 'addTags') return t('macros.effect.add', { property: name, value: (value ?? []).join(', ') })
    if (deed === 'removeTags')
      return t('macros.effect.take', { property: name, value: (value ?? []).join(', ') })
    if (value === null) return t('macros.effect.clear', { property: name })
    const isLevel = property === 'urgency' || property === 'impact'
    if (property === 'dueAt') return t('macros.effect.set', { property: name, value: format.moment(first) })
    return t('macros.effect.set', { property: name, value: isLevel ? t(`ticket.level.${first}`) : first })
  }

  /** What an action would do as far as this PC knows, without asking the server about a ticket. */
  function effectOf(action: MacroAction): MacroEffect {
    const effect = { do: action.do, property: properties[action.do], value: valueOf(action) }
    if (action.do === 'setField') return { ...effect, field: action.value }
    return action.do === 'setDue' && action.value ? { ...effect, after: action.value.after } : effect
  }

  function valueOf(action: MacroAction): string[] | null {
    if (action.do === 'close') {
      const closed = statusFor(store.statuses, 'closed')
      return closed ? [closed.name] : null
    }
    if (action.do === 'setField' || action.do === 'setDue' || action.value === null) return null
    if (Array.isArray(action.value)) return action.value
    const rows: readonly { id: string; key?: string | null; name: string }[] =
      {
        setPriority: store.catalog?.priorities,
        setStatus: store.catalog?.statuses,
        setTeam: store.catalog?.teams,
        setAgent: store.catalog?.agents,
        setType: store.catalog?.types,
        setCategory: store.catalog?.categories,
        setUrgency: [],
        setImpact: [],
        addNote: [],
        addTags: [],
        removeTags: [],
      }[action.do] ?? []
    const { value } = action
    return [rows.find(({ id, key }) => id === value || key === value)?.name ?? value]
  }

  return { effectText, effectsOf: ({ actions }: MacroView) => actions.map(effectOf) }
}
