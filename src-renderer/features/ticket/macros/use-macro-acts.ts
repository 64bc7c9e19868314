import { DOMParser } from '@tiptap/pm/model'
import { ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Editor } from '@tiptap/vue-3'
import type { MacroApplied, MacroView } from '../../../../server/macros/contract.ts'
import type { TicketDetail } from '../../../../server/tickets/contract.ts'
import { toFailure, toUserMessage } from '../../../api/errors.ts'
import { useApi } from '../../../api/provide.ts'
import { useOutboxStore } from '../../../stores/outbox.ts'
import { useSubmit } from '../../../stores/use-submit.ts'
import { showToast } from '../../../ui/toasts.ts'
import { safeFragment } from '../safe-html.ts'
import { reverseOf } from '../undo.ts'
import { changesBetween } from './run-undo.ts'
import type { StagedMacro } from './staged-macros.ts'

export interface MacroActsOptions {
  editor: Ref<Editor | undefined>
  ticket: Ref<TicketDetail>
  stage: (macro: StagedMacro) => void
}

/** Puts a ready answer to use: its text goes where the caret is and its acts wait for sending, or it acts at once when it has no text. */
export function useMacroActs({ editor, ticket, stage }: MacroActsOptions) {
  const { t } = useI18n()
  const { trpc } = useApi()
  const outbox = useOutboxStore()
  const submit = useSubmit()
  /** The name of the one that is being written by the server. */
  const writing = ref<string | null>(null)

  function choose(macro: MacroView, known: MacroApplied | null): Promise<void> {
    return macro.body === '' ? run(macro) : insert(macro, known)
  }

  async function insert({ id, name }: MacroView, known: MacroApplied | null): Promise<void> {
    writing.value = name
    try {
      const { body, effects } =
        known ?? (await trpc.macros.apply.mutate({ macroId: id, ticketId: ticket.value.id }))
      insertHtml(editor.value, body)
      stage({ id, name, effects, leftOut: [] })
    } catch (error) {
      fail(error)
    } finally {
      writing.value = null
    }
  }

  async function run({ id, name }: MacroView): Promise<void> {
    const before = ticket.value
    const input = { macroId: id, ticketId: before.id, version: before.version }
    try {
      const after = await submit('macros.run', input)
      if (!after) return void showToast({ text: t('macros.run.waits', { name }) })
      const changes = changesBetween(before, after)
      const undo = async () => {
        const back = { ticketId: after.id, version: after.version, changes: reverseOf(before, changes) }
        await outbox.enqueue('tickets.update', back)
      }
      const isChanged = Object.keys(changes).length > 0
      showToast({ text: t('macros.run.done', { name }), ...(isChanged ? { undo } : {}) })
    } catch (error) {
      fail(error)
    }
  }

  function fail(error: unknown): void {
    const isOffline = toFailure(error).kind === 'offline'
    showToast({ text: isOffline ? t('macros.offline') : toUserMessage(error, t), tone: 'danger' })
  }

  return { choose, writing }
}

/** As if it were pasted: its first paragraph goes on in the line that is being written. */
function insertHtml(editor: Editor | undefined, html: string): void {
  if (!editor) return
  const slice = DOMParser.fromSchema(editor.schema).parseSlice(safeFragment(html))
  const insert = ({ tr }: { tr: typeof editor.state.tr }) => {
    tr.replaceSelection(slice).scrollIntoView()
    return true
  }
  editor.chain().focus().command(insert).run()
}
