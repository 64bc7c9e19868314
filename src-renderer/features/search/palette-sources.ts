import { Search, Ticket, UserRound } from '@lucide/vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { useApi } from '../../api/provide.ts'
import { usePaletteSource } from '../../commands/palette.ts'
import { formatPhone } from '../customers/phones.ts'

const TICKETS = 6
const CUSTOMERS = 4

/** Tickets and customers in the command palette, and the way from there to the whole search. */
export function useDeskPalette(): void {
  const { t } = useI18n()
  const { trpc } = useApi()
  const router = useRouter()
  const go = (path: string) => async () => void (await router.push(path))

  usePaletteSource({
    id: 'tickets',
    title: 'search.palette.tickets',
    async search(text, signal) {
      const { items } = await trpc.tickets.search.query(
        { text: text.slice(0, 200), limit: TICKETS },
        { signal },
      )
      return items.map(({ ticket }) => ({
        id: ticket.id,
        title: `${ticket.number}  ${ticket.subject}`,
        hint: `${ticket.requester.name} · ${ticket.status.name}`,
        icon: Ticket,
        run: go(`/ticket/${ticket.id}`),
      }))
    },
  })

  usePaletteSource({
    id: 'customers',
    title: 'search.palette.customers',
    async search(text, signal) {
      const found = await trpc.customers.find.query(
        { text: text.slice(0, 200), limit: CUSTOMERS },
        { signal },
      )
      return found.map(({ id, name, phone, email, organization }) => ({
        id,
        title: name,
        hint: [organization?.name, phone ? formatPhone(phone) : email].filter(Boolean).join(' · '),
        icon: UserRound,
        run: go(`/customers/${id}`),
      }))
    },
  })

  usePaletteSource({
    id: 'search',
    title: 'search.palette.more',
    search: (text) =>
      Promise.resolve([
        {
          id: 'all',
          title: t('search.palette.all', { text }),
          icon: Search,
          run: go(`/search?q=${encodeURIComponent(text)}`),
        },
      ]),
  })
}
