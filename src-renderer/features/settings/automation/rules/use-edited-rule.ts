import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { RuleDefinition, RuleView } from '../../../../../server/rules/contract.ts'
import { useCatalogStore } from '../../../../stores/catalog.ts'
import { useTiersStore } from '../../../../stores/tiers.ts'
import type { OpenMinutes } from './delay-draft.ts'
import { presets, type PresetKey } from './presets.ts'
import { blankRule, toRuleDraft, type RuleDraft } from './rule-draft.ts'

export interface EditedRule {
  /** What its unfinished form is kept under. */
  name: string
  rule: RuleView | null
  start: RuleDraft
}

/** What the texts of presets leave to the template engine. */
const variables = {
  customer: '{{ customer.firstName }}',
  number: '{{ ticket.number }}',
  name: '{{ customer.name }}',
}

interface Options {
  /** A rule's id, `new`, or `new-` and a preset's key; null while nothing is edited. */
  named: Ref<string | null>
  rules: Ref<readonly RuleView[] | null>
  /** The office's own calendar; undefined until it is known. */
  calendarId: Ref<string | null | undefined>
  openMinutes: OpenMinutes
}

/** What the editor begins with; null while nothing is edited, or not everything for it is known yet. */
export function useEditedRule({ named, rules, calendarId, openMinutes }: Options) {
  const { t } = useI18n()
  const tiers = useTiersStore()

  /** The office's own level for those who come first. */
  const vipId = computed(() => tiers.offered.find(({ name }) => /vip/i.test(name))?.id ?? null)

  const fromPresets = computed<{ key: PresetKey; rule: RuleDefinition }[]>(() =>
    presets
      .filter(({ needs }) => needs !== 'calendar' || calendarId.value)
      .map(({ key, rule }) => {
        const text = (what: string) => t(`rules.preset.${key}.${what}`, variables)
        const made = rule({ text, calendarId: calendarId.value ?? null, vipId: vipId.value })
        return { key, rule: { name: t(`rules.preset.${key}.name`), ...made } }
      }),
  )

  const catalog = useCatalogStore()

  function idOf(what: 'priority' | 'status' | 'type', ref: string): string {
    const { priorities = [], statuses = [], types = [] } = catalog.catalog ?? {}
    const rows = { priority: priorities, status: statuses, type: types }[what]
    return rows.find(({ key }) => key === ref)?.id ?? ref
  }

  const open = (rule: RuleDefinition): RuleDraft => toRuleDraft(rule, { openMinutes, idOf })

  const edited = computed<EditedRule | null>(() => {
    if (!named.value || !rules.value || !catalog.catalog || calendarId.value === undefined) return null
    const name = `rule:${named.value}`
    if (named.value === 'new') return { name, rule: null, start: blankRule() }
    const preset = fromPresets.value.find(({ key }) => `new-${key}` === named.value)
    if (preset) return tiers.rows ? { name, rule: null, start: open(preset.rule) } : null
    const rule = rules.value.find(({ id }) => id === named.value)
    return rule ? { name, rule, start: open(rule) } : null
  })

  return { edited, open, fromPresets }
}
