import { computed, onScopeDispose, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { deedBehind } from '../../../../server/macros/contract.ts'
import type { Reply, TicketDetail } from '../../../../server/tickets/contract.ts'
import { toUserMessage } from '../../../api/errors.ts'
import { newId } from '../../../outbox/new-id.ts'
import type { PendingMessage } from '../../../stores/expected.ts'
import { useMacrosStore } from '../../../stores/macros.ts'
import { useOutboxStore } from '../../../stores/outbox.ts'
import { useSessionStore } from '../../../stores/session.ts'
import { useDraft } from '../../../stores/use-draft.ts'
import { useWorkspaceStore } from '../../../stores/workspace.ts'
import { showToast } from '../../../ui/toasts.ts'
import { newsSince } from '../conversation.ts'
import {
  macrosOfReply,
  restaged,
  staged,
  withoutEffect,
  type StagedEffect,
  type StagedMacro,
} from '../macros/staged-macros.ts'
import { useEffectWords } from '../macros/use-effect-words.ts'
import { filesKnown, type FileName } from '../uploaded-files.ts'
import {
  afterSending,
  blankDraft,
  isBlank,
  isBlankHtml,
  withText,
  type ComposerDraft,
  type Mode,
} from './composer-draft.ts'
import { useUploads } from './use-uploads.ts'

/** What is being written about a ticket, and how it is sent. It belongs to one ticket: another one takes another composer. */
export function useComposer(ticket: Ref<TicketDetail>, onSent: () => void) {
  const { t } = useI18n()
  const outbox = useOutboxStore()
  const session = useSessionStore()
  const workspace = useWorkspaceStore()
  const macroStore = useMacrosStore()
  const { effectsOf } = useEffectWords()
  const key = `reply:${ticket.value.id}`
  const { content: draft, isReady } = useDraft<ComposerDraft>(key, blankDraft)
  let isGone = false
  onScopeDispose(() => (isGone = true))

  const mode = computed<Mode>({
    get: () => draft.value.mode,
    set: (value) => (draft.value.mode = value),
  })
  const current = computed(() => draft.value[mode.value])
  const html = computed<string>({
    get: () => current.value.html,
    set: (text) => {
      begin(mode.value)
      draft.value[mode.value].html = text
      // Who throws a text away doesn't mean what it would have done either.
      if (isBlankHtml(text)) delete draft.value[mode.value].macros
    },
  })
  const macros = computed<readonly StagedMacro[]>(() => current.value.macros ?? [])
  const other = computed<Mode>(() => (mode.value === 'public' ? 'note' : 'public'))
  const otherWaits = computed(() => !isBlank(draft.value[other.value]))

  const uploads = useUploads({
    count: (target) => draft.value[target].files.length,
    onDone(file, target) {
      if (isGone) return void keepForLater(file, target)
      begin(target)
      draft.value[target].files.push(file)
    },
  })
  const canSend = computed(() => isReady.value && !isBlank(current.value) && !uploads.isUploading(mode.value))

  /** Public messages that came while the reply was being written. */
  const news = computed(() => {
    const { seenMessageId, public: reply } = draft.value
    if (seenMessageId === null || isBlank(reply)) return []
    return newsSince(ticket.value.messages, seenMessageId, session.agent?.id)
  })
  const asking = ref(false)
  let askedStatusId: string | undefined

  const newestId = () => ticket.value.messages.at(-1)?.id ?? null

  /** With its first letter a reply answers what is on the screen now. */
  function begin(target: Mode): void {
    if (target === 'public' && isBlank(draft.value.public)) draft.value.seenMessageId = newestId()
  }

  /** An upload ended after its ticket was left: the draft on the disk gets it. */
  async function keepForLater(file: FileName, target: Mode): Promise<void> {
    const { drafts } = await workspace.whenOpen()
    const kept = (await drafts.load<ComposerDraft>(key)) ?? blankDraft()
    kept[target].files.push(file)
    drafts.save(key, kept)
  }

  /** From here on the author knows what came. */
  function acknowledge(): void {
    asking.value = false
    draft.value.seenMessageId = newestId()
  }

  function removeFile(fileId: string): void {
    const drafted = draft.value[mode.value]
    drafted.files = drafted.files.filter(({ id }) => id !== fileId)
  }

  function stage(macro: StagedMacro): void {
    draft.value[mode.value].macros = staged(macros.value, macro)
  }

  function unstage({ macro, effect }: StagedEffect): void {
    draft.value[mode.value].macros = withoutEffect(macros.value, macro.id, deedBehind(effect))
  }

  /** Sends what is written, unless its author should first see what came meanwhile. */
  function send(statusId?: string): void {
    if (!canSend.value) return
    askedStatusId = statusId
    if (mode.value === 'public' && news.value.length > 0) asking.value = true
    else void sendNow(statusId)
  }

  function sendAnyway(): void {
    asking.value = false
    void sendNow(askedStatusId)
  }

  async function sendNow(statusId: string | undefined): Promise<void> {
    const sentMode = mode.value
    const { html: body, files } = current.value
    try {
      await outbox.enqueue('tickets.reply', {
        ticketId: ticket.value.id,
        id: newId(),
        kind: sentMode,
        body,
        attachments: files.map(({ id }) => id),
        // Written, not heard: only what a call left behind is marked as a call.
        ...(sentMode === 'note' ? { channel: 'manual' as const } : {}),
        ...(statusId ? { statusId } : {}),
        ...macrosOfReply(macros.value),
      })
    } catch (error) {
      showToast({ text: toUserMessage(error, t), tone: 'danger' })
      return
    }
    draft.value = afterSending(draft.value, sentMode)
    onSent()
  }

  /** Takes a refused message back for another try. */
  async function takeBack(message: PendingMessage): Promise<void> {
    const files = filesKnown(message.attachmentIds)
    const back = restaged(message.command.input as Reply, macroStore.rows ?? [], effectsOf)
    if (!(await outbox.discard(message.command.id))) return
    draft.value = withText(draft.value, message.kind, { html: message.html, files, macros: back })
    draft.value.seenMessageId ??= newestId()
  }

  return {
    isReady,
    mode,
    html,
    files: computed(() => current.value.files),
    macros,
    stage,
    unstage,
    otherWaits,
    uploads,
    canSend,
    news,
    asking,
    acknowledge,
    removeFile,
    send,
    sendAnyway,
    takeBack,
  }
}
