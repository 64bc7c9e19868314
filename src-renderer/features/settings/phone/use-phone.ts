import { useQuery, useQueryCache } from '@pinia/colada'
import { ref } from 'vue'
import type { PhoneOptions } from '../../../../server/phone/contract.ts'
import { useApi } from '../../../api/provide.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'
import { useSubmit } from '../../../stores/use-submit.ts'

const KEYS = ['phone', 'keys']
const OPTIONS = ['phone', 'options']
const EXTENSIONS = ['phone', 'extensions']

/** What an administrator does about telephony. A key never enters the outbox. */
export function usePhone() {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const submit = useSubmit()
  /** The newest key, which is shown this once. */
  const secret = ref<{ id: string; name: string; secret: string } | null>(null)

  const keys = useQuery({ key: KEYS, query: () => trpc.phone.keys.query() })
  const options = useQuery({ key: OPTIONS, query: () => trpc.phone.options.query() })
  const extensions = useQuery({ key: EXTENSIONS, query: () => trpc.phone.extensions.query() })
  const hook = useQuery({ key: ['phone', 'hook'], query: () => trpc.phone.hook.query() })
  useFreshQuery(KEYS, ({ type }) => type.startsWith('phone.key_'))
  useFreshQuery(OPTIONS, ({ type }) => type === 'phone.options_changed')
  useFreshQuery(EXTENSIONS, ({ type }) => type === 'phone.extension_changed')

  async function createKey(name: string): Promise<void> {
    const { key, secret: shown } = await trpc.phone.createKey.mutate({ name })
    secret.value = { id: key.id, name: key.name, secret: shown }
    await keys.refetch()
  }

  /** For good: what uses the key is refused at once, so nobody is told that it waits. */
  async function revokeKey(id: string): Promise<void> {
    await submit('phone.revokeKey', { id })
    if (secret.value?.id === id) secret.value = null
    await keys.refetch()
  }

  /** False when no answer came in time: the write is safe and waits. @throws what the server refuses, for the form to show */
  async function setOptions(next: PhoneOptions): Promise<boolean> {
    const answer = await submit('phone.setOptions', next)
    if (answer) cache.setQueryData(OPTIONS, answer)
    return answer !== null
  }

  /** As {@link setOptions}. */
  async function setExtension(agentId: string, extension: string | null): Promise<boolean> {
    const answer = await submit('phone.setExtension', { agentId, extension })
    if (answer) cache.setQueryData(EXTENSIONS, answer)
    return answer !== null
  }

  return { keys, options, extensions, hook, secret, createKey, revokeKey, setOptions, setExtension }
}
