import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useConditionWords } from '../../../../conditions/use-condition-words.ts'
import { useCatalogStore } from '../../../../stores/catalog.ts'
import { useSlaWords } from '../../promises/policies/use-sla-words.ts'
import { useNames } from '../../../ticket/use-names.ts'
import { useDelayWords } from './use-delay-words.ts'
import type { Named, RuleWords } from './rule-words.ts'
import { useRuleOffers } from './use-rule-offers.ts'

interface Row {
  id: string
  key?: string | null
  name: string
}

/** What sentences about rules are made with, in the current language. */
export function useRuleWords() {
  const { t } = useI18n()
  const catalog = useCatalogStore()
  const { and, or } = useSlaWords()
  const { webhookName } = useRuleOffers()
  const delay = useDelayWords()
  const { names } = useNames()
  const conditions = useConditionWords('rule')

  function nameOf(what: Named, ref: string): string | null {
    if (what === 'webhook') return webhookName(ref)
    if (what === 'level') return t(`rules.level.${ref}`)
    const known = catalog.catalog
    if (!known) return '…'
    const lists: Record<Exclude<Named, 'webhook' | 'level'>, readonly Row[]> = {
      priority: known.priorities,
      status: known.statuses,
      team: known.teams,
      agent: known.agents,
      type: known.types,
      category: known.categories,
    }
    return lists[what].find(({ id, key }) => id === ref || (key !== null && key === ref))?.name ?? null
  }

  const words = computed<RuleWords>(() => ({
    t: (key, values = {}, plural = 1) => t(key, values, plural),
    and: and.value,
    or: or.value,
    conditions: conditions.words,
    delay,
    fieldName: names.value.fieldName,
    fieldValue: names.value.fieldValue,
    nameOf,
  }))

  return { words, learn: conditions.learn }
}
