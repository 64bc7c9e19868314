import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCatalogStore } from '../../stores/catalog.ts'

const ALL = 'all'

/** One team, or all of them: what a select offers, and what the server is asked. */
export function useTeamChoice() {
  const { t } = useI18n()
  const catalog = useCatalogStore()
  const team = ref(ALL)
  void catalog.load()
  return {
    team,
    options: computed(() => [
      { value: ALL, label: t('outlook.allTeams') },
      ...catalog.teams.map(({ id, name }) => ({ value: id, label: name })),
    ]),
    scope: computed(() => (team.value === ALL ? {} : { teamIds: [team.value] })),
  }
}
