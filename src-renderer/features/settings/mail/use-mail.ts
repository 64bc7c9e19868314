import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, ref } from 'vue'
import type {
  MailSettings,
  OutgoingPage,
  OutgoingView,
  UpdateMail,
} from '../../../../server/mail/contract.ts'
import { useApi } from '../../../api/provide.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'

const SETTINGS = ['mail', 'settings']
const OUTGOING = ['mail', 'outgoing']
const PAGE = 50

/** What an administrator does about letters. The password never enters the outbox. */
export function useMail() {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const pages = ref(1)

  const settings = useQuery<MailSettings | null>({ key: SETTINGS, query: () => trpc.mail.settings.query() })
  const outgoing = useQuery<OutgoingPage>({ key: OUTGOING, query: read })
  useFreshQuery(SETTINGS, ({ type }) => type === 'mail.updated')
  useFreshQuery(OUTGOING, ({ type, data }) => type.startsWith('job.') && data['kind'] === 'mail')

  async function read(): Promise<OutgoingPage> {
    const items: OutgoingView[] = []
    let page: OutgoingPage = { items, nextCursor: null, dead: 0 }
    for (let read = 0; read < pages.value; read++) {
      page = await trpc.mail.outgoing.query({ cursor: page.nextCursor, limit: PAGE })
      items.push(...page.items)
      if (page.nextCursor === null) break
    }
    return { ...page, items }
  }

  async function more(): Promise<void> {
    pages.value += 1
    await outgoing.refetch()
  }

  return {
    settings,
    outgoing,
    letters: computed(() => outgoing.data.value?.items ?? null),
    hasMore: computed(() => typeof outgoing.data.value?.nextCursor === 'number'),
    dead: computed(() => outgoing.data.value?.dead ?? 0),
    more,
    save: async (changes: UpdateMail) => cache.setQueryData(SETTINGS, await trpc.mail.update.mutate(changes)),
    test: (to: string, changes: UpdateMail) => trpc.mail.test.mutate({ to, settings: changes }),
    retry: (id: string) => trpc.mail.retry.mutate({ id }),
    retryAll: () => trpc.mail.retryAll.mutate(),
  }
}
