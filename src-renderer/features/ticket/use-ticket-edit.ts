import { useI18n } from 'vue-i18n'
import type { TicketChanges, TicketItem, TicketView } from '../../../server/tickets/contract.ts'
import { toUserMessage } from '../../api/errors.ts'
import { useOutboxStore } from '../../stores/outbox.ts'
import { useTicketsStore } from '../../stores/tickets.ts'
import { showToast } from '../../ui/toasts.ts'
import { reverseOf } from './undo.ts'
import { useNames } from './use-names.ts'

type Ticket = TicketItem | TicketView

interface Edit {
  ticket: Ticket
  changes: TicketChanges
}

/** Changes tickets through the outbox: shown at once, sent when it can be, and taken back with one key. */
export function useTicketEdit() {
  const { t } = useI18n()
  const outbox = useOutboxStore()
  const tickets = useTicketsStore()
  const { propertyName, valueName } = useNames()

  const send = ({ ticket, changes }: Edit) =>
    outbox.enqueue('tickets.update', { ticketId: ticket.id, version: ticket.version, changes })

  /** Sends the edits and answers how to take them back. */
  async function apply(edits: readonly Edit[]): Promise<() => Promise<void>> {
    const sent: { edit: Edit; commandId: string }[] = []
    for (const edit of edits) sent.push({ edit, commandId: (await send(edit)).id })
    return async () => {
      for (const { edit, commandId } of sent) {
        // What has not left yet needn't be answered by its opposite.
        if (await outbox.discard(commandId)) continue
        const current = tickets.detail(edit.ticket.id) ?? tickets.item(edit.ticket.id) ?? edit.ticket
        await send({ ticket: current, changes: reverseOf(edit.ticket, edit.changes) })
      }
    }
  }

  async function applyWithUndo(edits: readonly Edit[], text: string): Promise<void> {
    if (edits.length === 0) return
    try {
      const undo = await apply(edits)
      showToast({ text, undo })
    } catch (error) {
      showToast({ text: toUserMessage(error, t), tone: 'danger' })
    }
  }

  /** Changes one ticket; the toast says what became of it, unless `text` says it better. */
  function change(ticket: Ticket, changes: TicketChanges, text?: string): Promise<void> {
    return applyWithUndo([{ ticket, changes }], text ?? describe(changes))
  }

  /** Changes several tickets, each with its own changes; `text` speaks of all of them. */
  function changeMany(edits: readonly Edit[], text: string): Promise<void> {
    return applyWithUndo(edits, text)
  }

  function describe(changes: TicketChanges): string {
    const { fields, ...properties } = changes
    const all = [
      ...Object.entries(properties),
      ...Object.entries(fields ?? {}).map(([key, value]) => [`fields.${key}`, value] as const),
    ]
    const [property, value] = all[0] ?? ['', null]
    return t('ticket.toast.changed', { property: propertyName(property), value: valueName(property, value) })
  }

  return { change, changeMany }
}
