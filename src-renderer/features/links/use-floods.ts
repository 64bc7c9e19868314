import { useQuery } from '@pinia/colada'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DeskEvent } from '../../../server/events/contract.ts'
import type { FloodView } from '../../../server/floods/contract.ts'
import { useApi } from '../../api/provide.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'
import { useSubmit } from '../../stores/use-submit.ts'
import { showToast } from '../../ui/toasts.ts'
import { useLinkActs } from './use-link-acts.ts'

const isAboutFloods = ({ type }: DeskEvent) => type.startsWith('flood.')
const LEAST_MS = 60_000

/** The flood that a ticket is part of and that waits for a decision; null when there is none. */
export function useFloodOfTicket(ticketId: MaybeRefOrGetter<string>) {
  const { trpc } = useApi()
  const key = () => ['floods', 'ofTicket', toValue(ticketId)]
  const { data } = useQuery(() => {
    const id = toValue(ticketId)
    return { key: key(), query: () => trpc.floods.ofTicket.query({ ticketId: id }) }
  })
  useFreshQuery(key, isAboutFloods)
  return computed(() => (data.value?.state === 'open' ? data.value : null))
}

/** The floods that wait for a decision, newest first. */
export function useOpenFloods() {
  const { trpc } = useApi()
  const key = ['floods', 'list']
  const { data } = useQuery({ key, query: () => trpc.floods.list.query() })
  useFreshQuery(key, isAboutFloods)
  return computed(() => (data.value ?? []).filter(({ state }) => state === 'open').toReversed())
}

/** What people say to a flood, and what it says to them. */
export function useFloodActs() {
  const { t } = useI18n()
  const format = useFormat()
  const submit = useSubmit()
  const { safely } = useLinkActs()

  const reopen = ({ id }: FloodView) => safely(() => submit('floods.reopen', { id }))

  function accept(flood: FloodView): Promise<void> {
    return safely(async () => {
      await submit('floods.accept', { id: flood.id })
      showToast({
        text: t('links.flood.accepted', { number: flood.parent.number }),
        undo: () => reopen(flood),
      })
    })
  }

  function dismiss(flood: FloodView): Promise<void> {
    return safely(async () => {
      await submit('floods.dismiss', { id: flood.id })
      showToast({ text: t('links.flood.dismissed'), undo: () => reopen(flood) })
    })
  }

  /** "Parece parte de algo maior: 12 tickets parecidos em 10 min". */
  function words({ count, startedAt, lastAt }: FloodView): string {
    const lastedMs = Math.max(LEAST_MS, Date.parse(lastAt) - Date.parse(startedAt))
    return t('links.flood.seen', { count, time: format.duration(lastedMs) })
  }

  return { accept, dismiss, words }
}
