import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { MAX_CHILDREN_AT_ONCE, type ResolvedChild } from '../../../server/links/contract.ts'
import type { TicketItem } from '../../../server/tickets/contract.ts'
import { toUserMessage } from '../../api/errors.ts'
import { useOutboxStore } from '../../stores/outbox.ts'
import { useSubmit } from '../../stores/use-submit.ts'
import { showToast } from '../../ui/toasts.ts'

/** Answers and resolves the tickets linked under one, a few at a time, so that the office never waits for all of them. */
export function useResolveChildren() {
  const { t } = useI18n()
  const submit = useSubmit()
  const outbox = useOutboxStore()
  const done = ref(0)
  const isBusy = ref(false)
  const error = ref('')

  /** Answers whether all of them are done; what is done stays done, and going on skips it. */
  async function resolve(parentId: string, children: readonly TicketItem[], body: string): Promise<boolean> {
    isBusy.value = true
    done.value = 0
    error.value = ''
    const resolved: ResolvedChild[] = []
    const words = body.trim()
    try {
      for (let from = 0; from < children.length; from += MAX_CHILDREN_AT_ONCE) {
        const childIds = children.slice(from, from + MAX_CHILDREN_AT_ONCE).map(({ id }) => id)
        const input = { parentId, childIds, ...(words && { body: words }) }
        const answer = await submit('tickets.resolveChildren', input)
        resolved.push(...(answer ?? []).filter(({ outcome }) => outcome === 'resolved'))
        done.value += childIds.length
      }
      const count = resolved.length
      showToast({ text: t('links.children.resolved', { count }, count), undo: () => reopen(resolved) })
      return true
    } catch (failure) {
      error.value = toUserMessage(failure, t)
      return false
    } finally {
      isBusy.value = false
    }
  }

  async function reopen(resolved: readonly ResolvedChild[]): Promise<void> {
    for (const { id, version, statusBefore } of resolved)
      await outbox.enqueue('tickets.update', { ticketId: id, version, changes: { statusId: statusBefore } })
  }

  return { resolve, done, isBusy, error }
}
