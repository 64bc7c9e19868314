import { useQuery, useQueryCache } from '@pinia/colada'
import { shallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { releaseFileName, MAX_RELEASE_FILE, type ShelfView } from '../../../../server/updates/contract.ts'
import { toUserMessage } from '../../../api/errors.ts'
import { useApi } from '../../../api/provide.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'

const KEY = ['updates', 'shelf']

export interface Sending {
  name: string
  /** From 0 to 1. */
  share: number
  /** Why it failed, in words; null while it is on its way. */
  error: string | null
}

/** The server's shelf of client releases, and what an administrator does about it. */
export function useShelf() {
  const { t } = useI18n()
  const { trpc, files } = useApi()
  const cache = useQueryCache()
  const sending = shallowReactive(new Map<string, Sending>())
  const aborts = new Map<string, AbortController>()

  const query = useQuery<ShelfView>({ key: KEY, query: () => trpc.updates.shelf.query() })
  useFreshQuery(KEY, ({ type }) => type === 'updates.changed')

  const keep = (shelf: ShelfView): void => cache.setQueryData(KEY, shelf)

  /** The lists last: what they name should be there when clients first read them. One after another, for the office's own line. */
  async function send(chosen: Iterable<File>): Promise<void> {
    const ordered = [...chosen].sort((one, other) => rank(one) - rank(other))
    for (const { name } of ordered) sending.set(name, { name, share: 0, error: null })
    for (const file of ordered) await sendOne(file)
  }

  async function sendOne(file: File): Promise<void> {
    const { name } = file
    const say = (changes: Partial<Sending>) =>
      sending.has(name) && sending.set(name, { name, share: 0, error: null, ...changes })
    if (!sending.has(name)) return
    if (!releaseFileName.safeParse(name).success) return void say({ error: t('errors.updates.strange_file') })
    if (file.size > MAX_RELEASE_FILE)
      return void say({ error: t('errors.updates.too_large', { limitMb: MAX_RELEASE_FILE / 1024 ** 2 }) })
    const abort = new AbortController()
    aborts.set(name, abort)
    try {
      keep(await files.shelve(file, { signal: abort.signal, onProgress: (share) => say({ share }) }))
      sending.delete(name)
    } catch (error) {
      say({ error: toUserMessage(error, t) })
    } finally {
      aborts.delete(name)
    }
  }

  /** Stops one that is on its way, or takes a failed one off the list. */
  function drop(name: string): void {
    sending.delete(name)
    aborts.get(name)?.abort()
  }

  return {
    shelf: query.data,
    error: query.error,
    refetch: query.refetch,
    sending,
    send,
    drop,
    remove: async (names: string[]) => keep(await trpc.updates.remove.mutate({ names })),
  }
}

const rank = ({ name }: File): number => (name.endsWith('.yml') ? 1 : 0)
