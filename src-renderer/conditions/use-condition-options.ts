import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { specOf, type ConditionField } from '../../server/conditions/contract.ts'
import { useCatalogStore } from '../stores/catalog.ts'
import { useTiersStore } from '../stores/tiers.ts'
import type { Option } from '../ui/options.ts'

interface Row {
  id: string
  name: string
  key?: string | null
  path?: readonly string[]
}

/** What the texts of an option's values are called by. */
const optionTexts: Partial<Record<ConditionField, string>> = {
  statusClass: 'statusClass',
  channel: 'channel',
  'message.channel': 'channel',
  urgency: 'level',
  impact: 'level',
  'message.language': 'language',
  'message.attachment': 'flag',
  'sla.state': 'slaState',
  actor: 'actor',
}

/** What a condition on each field can be compared with, but for what is typed or searched for. */
export function useConditionOptions() {
  const { t } = useI18n()
  const catalog = useCatalogStore()
  const tiers = useTiersStore()

  /** Rows that are offered, and all there have been. */
  const rows = computed<
    Partial<Record<ConditionField, readonly [offered: readonly Row[], all: readonly Row[]]>>
  >(() => {
    const all = catalog.catalog
    return {
      status: [catalog.statuses, all?.statuses ?? []],
      priority: [catalog.priorities, all?.priorities ?? []],
      type: [catalog.types, all?.types ?? []],
      category: [catalog.categories, all?.categories ?? []],
      team: [catalog.teams, all?.teams ?? []],
      agent: [catalog.agents, all?.agents ?? []],
      'customer.tier': [tiers.offered, tiers.rows ?? []],
    }
  })
  const personal = computed<Partial<Record<ConditionField, readonly Option[]>>>(() => ({
    team: [
      { value: 'myTeams', label: t('conditions.value.myTeams') },
      { value: 'none', label: t('conditions.value.noTeam') },
    ],
    agent: [
      { value: 'me', label: t('conditions.value.me') },
      { value: 'none', label: t('conditions.value.nobody') },
    ],
  }))

  const toOption = ({ id, name, path }: Row): Option => ({
    value: id,
    label: name,
    ...(path && { hint: path.slice(0, -1).join(' › ') }),
  })

  /** What is offered; of what was retired since only what is chosen already. */
  function optionsOf(field: ConditionField, chosen: readonly string[] = []): readonly Option[] {
    const texts = optionTexts[field]
    if (texts)
      return (specOf(field).options ?? []).map((value) => ({
        value,
        label: t(`conditions.option.${texts}.${value}`),
      }))
    if (field === 'tags') return tagOptions(chosen)
    const [offered = [], all = []] = rows.value[field] ?? []
    const retired = all.filter(({ id }) => chosen.includes(id) && !offered.some((row) => row.id === id))
    return [...(personal.value[field] ?? []), ...offered.map(toOption), ...retired.map(toOption)]
  }

  /** Tags are named, and a name that no ticket has yet may be meant as well. */
  function tagOptions(chosen: readonly string[]): Option[] {
    const names = catalog.tags.map(({ name }) => name)
    return [...new Set([...names, ...chosen])].map((name) => ({ value: name, label: name }))
  }

  /** What the editor knows a value by: presets may be named by their key, and tags by their id. */
  function idOf(field: ConditionField, value: string): string {
    if (field === 'tags') return catalog.catalog?.tags.find(({ id }) => id === value)?.name ?? value
    const [, all = []] = rows.value[field] ?? []
    return all.find(({ id, key }) => id === value || key === value)?.id ?? value
  }

  /** What a value is called; null where it is not known. */
  function nameOf(field: ConditionField, value: string): string | null {
    const id = idOf(field, value)
    return optionsOf(field, [id]).find((option) => option.value === id)?.label ?? null
  }

  return { optionsOf, idOf, nameOf }
}
