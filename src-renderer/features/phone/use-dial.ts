import { useQuery } from '@pinia/colada'
import { useApi } from '../../api/provide.ts'
import { useDesk } from '../../stores/desk.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'
import { dialAddress } from './dial.ts'

/** Click to dial: the address of a number, and going there. */
export function useDial() {
  const { trpc } = useApi()
  const desk = useDesk()
  const session = useSessionStore()
  const { data: options } = useQuery({
    key: ['dial', 'options'],
    query: () => trpc.phone.options.query(),
  })
  const { data: extensions } = useQuery({
    key: ['dial', 'extensions'],
    query: () => trpc.phone.extensions.query(),
    enabled: () => options.value?.dialUrl?.includes('{extension}') ?? false,
  })
  useFreshQuery(['dial'], ({ type }) => type.startsWith('phone.'))

  /** Null where it is no link. */
  const addressOf = (phone: string): string | null =>
    dialAddress(phone, {
      options: options.value,
      extensions: extensions.value ?? [],
      agentId: session.agent?.id,
    })

  async function dial(phone: string): Promise<void> {
    const address = addressOf(phone)
    if (address) await desk.openExternal(address)
  }

  return { addressOf, dial }
}
