import { useQuery } from '@pinia/colada'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ProposableField, Proposal } from '../../../../server/assist/contract.ts'
import type { TicketChanges, TicketDetail } from '../../../../server/tickets/contract.ts'
import { useApi } from '../../../api/provide.ts'
import { useCommands } from '../../../commands/registry.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'
import { isDone } from '../lifecycle.ts'
import { useTicketEdit } from '../use-ticket-edit.ts'

const changesOf: Record<ProposableField, (id: string) => TicketChanges> = {
  type: (typeId) => ({ typeId }),
  category: (categoryId) => ({ categoryId }),
  priority: (priorityId) => ({ priorityId }),
}

/** What the office's history says of the open ticket; a proposal is taken with a click or a key, and taken back with another. */
export function useSuggestions(source: MaybeRefOrGetter<TicketDetail>) {
  const { t } = useI18n()
  const { trpc } = useApi()
  const { change } = useTicketEdit()
  const ticket = computed(() => toValue(source))
  const key = computed(() => ['assist', 'suggest', ticket.value.id])

  const { data, error } = useQuery(() => ({
    key: key.value,
    query: () => trpc.assist.suggest.query({ ticketId: ticket.value.id }),
  }))
  useFreshQuery(
    key,
    ({ type, ticketId, data: { changes } }) =>
      ticketId === ticket.value.id && type === 'ticket.updated' && touchesMatter(changes),
  )

  const current = computed<Record<ProposableField, string | null>>(() => ({
    type: ticket.value.type?.id ?? null,
    category: ticket.value.category?.id ?? null,
    priority: ticket.value.priority.id,
  }))
  /** Of a ticket that is done nothing has to be decided any more; what was taken goes at once. */
  const proposals = computed(() =>
    isDone(ticket.value.status.class)
      ? []
      : (data.value?.proposals ?? []).filter(({ field, value }) => current.value[field] !== value.id),
  )

  function accept({ field, value }: Proposal): void {
    const text = t('assist.accepted', { field: t(`assist.field.${field}`), value: value.name })
    void change(ticket.value, changesOf[field](value.id), text)
  }

  useCommands([
    {
      id: 'ticket.acceptSuggestion',
      title: 'assist.command.accept',
      group: 'ticket.command.group',
      keys: 'h',
      when: () => proposals.value.length > 0,
      run: () => {
        const [first] = proposals.value
        if (first) accept(first)
      },
    },
  ])

  return { similar: computed(() => data.value?.similar ?? null), proposals, error, accept }
}

/** Another subject, another matter. */
const touchesMatter = (changes: unknown) =>
  typeof changes === 'object' && changes !== null && 'subject' in changes
