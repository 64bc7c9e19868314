import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { statusClasses } from '../../../server/catalog/contract.ts'
import { channels, type FilterField } from '../../../server/tickets/filter.contract.ts'
import { useCatalogStore } from '../../stores/catalog.ts'
import { useTiersStore } from '../../stores/tiers.ts'
import type { Option } from '../../ui/options.ts'

/** What a condition on each field can be compared with; null where it is typed or searched for. */
export function useFilterOptions() {
  const { t } = useI18n()
  const catalog = useCatalogStore()
  const tiers = useTiersStore()

  const toOption = ({ id, name }: { id: string; name: string }): Option => ({ value: id, label: name })
  const fixed = computed<Partial<Record<FilterField, Option[]>>>(() => ({
    statusClass: statusClasses.map((value) => ({ value, label: t(`queue.filter.statusClass.${value}`) })),
    status: catalog.statuses.map(toOption),
    priority: catalog.priorities.map(toOption),
    type: catalog.types.map(toOption),
    category: catalog.categories.map(({ id, name, path }) => ({
      value: id,
      label: name,
      hint: path.slice(0, -1).join(' › '),
    })),
    team: [
      { value: 'myTeams', label: t('queue.filter.myTeams') },
      { value: 'none', label: t('queue.filter.noTeam') },
      ...catalog.teams.map(toOption),
    ],
    agent: [
      { value: 'me', label: t('queue.filter.me') },
      { value: 'none', label: t('queue.filter.nobody') },
      ...catalog.agents.map(toOption),
    ],
    'customer.tier': tiers.offered.map(toOption),
    channel: channels.map((value) => ({ value, label: t(`queue.filter.channel.${value}`) })),
    tags: catalog.tags.map(({ name }) => ({ value: name, label: name })),
  }))

  return { optionsOf: (field: FilterField): readonly Option[] | null => fixed.value[field] ?? null }
}
