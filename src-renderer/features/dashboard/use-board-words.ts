import { useI18n } from 'vue-i18n'
import {
  STANDARD,
  STANDARD_AGENTS,
  type DashboardView,
  type LiveSnapshot,
} from '../../../server/dashboards/contract.ts'
import { useCatalogStore } from '../../stores/catalog.ts'

/** What dashboards and choices of teams are called. */
export function useBoardWords() {
  const { t } = useI18n()
  const catalog = useCatalogStore()

  function nameOf({ id, name }: Pick<DashboardView, 'id' | 'name'>): string {
    if (id === STANDARD) return t('dashboard.standard.desk')
    return id === STANDARD_AGENTS ? t('dashboard.standard.agents') : name
  }

  /** "Suporte, Vendas"; a wall, which knows no catalog, has the names from its numbers. */
  function teamNames(teamIds: readonly string[], snapshot?: LiveSnapshot): string {
    const nameOfTeam = (id: string) =>
      catalog.teamName(id) ?? snapshot?.queues.find(({ teamId }) => teamId === id)?.name ?? null
    return teamIds.flatMap((id) => nameOfTeam(id) ?? []).join(', ')
  }

  return { nameOf, teamNames }
}
