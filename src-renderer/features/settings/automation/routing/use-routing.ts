import { useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type {
  ProfileView,
  RoutingSettings,
  UpdateProfile,
  WaitingView,
} from '../../../../../server/routing/contract.ts'
import { useApi } from '../../../../api/provide.ts'
import { useFreshQuery } from '../../../../stores/use-fresh-query.ts'
import { useSubmit } from '../../../../stores/use-submit.ts'

const PROFILES = ['routing', 'profiles']
const SETTINGS = ['routing', 'settings']
const QUEUE = ['routing', 'queue']

/** What moves a ticket in, out or within somebody's hands. */
const movesTickets = /^(ticket\.|routing\.|presence\.)/

/** Everything that tickets are given out by, kept fresh, and what can be changed of it. */
export function useRouting() {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const submit = useSubmit()

  const profiles = useQuery<ProfileView[]>({ key: PROFILES, query: () => trpc.routing.profiles.query() })
  const settings = useQuery<RoutingSettings>({ key: SETTINGS, query: () => trpc.routing.settings.query() })
  const queue = useQuery<WaitingView[]>({ key: QUEUE, query: () => trpc.routing.queue.query() })
  const refetchProfiles = useFreshQuery(
    PROFILES,
    ({ type }) => movesTickets.test(type) || /^(agent|team)\./.test(type),
  )
  useFreshQuery(SETTINGS, ({ type }) => type === 'routing.settings_updated')
  useFreshQuery(QUEUE, ({ type }) => movesTickets.test(type) || /^(agent|team)\./.test(type))

  return {
    profiles: computed(() => profiles.data.value ?? null),
    settings: computed(() => settings.data.value ?? null),
    waiting: computed(() => queue.data.value ?? null),
    error: computed(() => profiles.error.value ?? settings.error.value ?? queue.error.value),
    refetch: () => Promise.all([profiles.refetch(), settings.refetch(), queue.refetch()]),

    /** Answers false when the write waits for a network. @throws what the server refuses, for the form to show */
    async save(input: UpdateProfile): Promise<boolean> {
      const answer = await submit('routing.updateProfile', input)
      if (answer)
        cache.setQueryData<ProfileView[]>(PROFILES, (old) =>
          (old ?? []).map((profile) => (profile.agentId === answer.agentId ? answer : profile)),
        )
      return answer !== null
    },
    /** Somebody else was quicker: what is true now. */
    async latest(agentId: string): Promise<ProfileView | undefined> {
      await refetchProfiles()
      return profiles.data.value?.find((profile) => profile.agentId === agentId)
    },
    async saveSettings(input: RoutingSettings): Promise<boolean> {
      const answer = await submit('routing.updateSettings', input)
      if (answer) cache.setQueryData<RoutingSettings>(SETTINGS, answer)
      return answer !== null
    },
  }
}
