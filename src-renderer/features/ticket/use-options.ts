import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { statusClasses, type StatusClass } from '../../../server/catalog/contract.ts'
import { useCatalogStore } from '../../stores/catalog.ts'
import { useSessionStore } from '../../stores/session.ts'
import type { Option } from '../../ui/options.ts'

/** The properties of a ticket that are chosen from a list of rows. */
export type RowProperty = 'statusId' | 'priorityId' | 'teamId' | 'agentId' | 'typeId' | 'categoryId'

/** Stands for "nobody", "no team" and the like, which lists offer as a choice and the server takes as null. */
export const NONE = 'none'

/** A choice with what its picture needs. */
export interface RowOption extends Option {
  statusClass?: StatusClass
  weight?: number
  agentName?: string
}

/** What can be chosen for each property, in the order to show it in. */
export function useOptions() {
  const { t } = useI18n()
  const catalog = useCatalogStore()
  const session = useSessionStore()

  const statuses = computed<RowOption[]>(() =>
    [...catalog.statuses]
      .sort((a, b) => statusClasses.indexOf(a.class) - statusClasses.indexOf(b.class))
      .map((status) => ({ value: status.id, label: status.name, statusClass: status.class })),
  )
  const priorities = computed<RowOption[]>(() =>
    [...catalog.priorities]
      .sort((a, b) => b.weight - a.weight)
      .map(({ id, name, weight, criteria }) => ({
        value: id,
        label: name,
        weight,
        ...(criteria ? { description: criteria } : {}),
      })),
  )
  const teams = computed<RowOption[]>(() => [
    { value: NONE, label: t('ticket.none.teamId') },
    ...catalog.teams.map(({ id, name }) => ({ value: id, label: name })),
  ])
  const agents = computed<RowOption[]>(() => {
    const me = session.agent?.id
    const others = catalog.agents.filter(({ id }) => id !== me)
    const mine = catalog.agents.filter(({ id }) => id === me)
    const hintOf = (teamIds: readonly string[]) =>
      teamIds.flatMap((id) => catalog.teamName(id) ?? []).join(', ')
    return [
      ...mine.map(({ id, name }) => ({ value: id, label: name, agentName: name, hint: t('ticket.me') })),
      { value: NONE, label: t('ticket.none.agentId') },
      ...others.map(({ id, name, teamIds }) => ({
        value: id,
        label: name,
        agentName: name,
        hint: hintOf(teamIds),
      })),
    ]
  })
  const types = computed<RowOption[]>(() => [
    { value: NONE, label: t('ticket.none.typeId') },
    ...catalog.types.map(({ id, name }) => ({ value: id, label: name })),
  ])
  const categories = computed<RowOption[]>(() => [
    { value: NONE, label: t('ticket.none.categoryId') },
    ...catalog.categories.map(({ id, name, path }) => ({
      value: id,
      label: name,
      hint: path.slice(0, -1).join(' › '),
    })),
  ])

  const byProperty = {
    statusId: statuses,
    priorityId: priorities,
    teamId: teams,
    agentId: agents,
    typeId: types,
    categoryId: categories,
  } satisfies Record<RowProperty, unknown>

  return { optionsOf: (property: RowProperty): readonly RowOption[] => byProperty[property].value }
}
