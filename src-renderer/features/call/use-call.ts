import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { toFailure, type Failure } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { newId } from '../../outbox/new-id.ts'
import type { CallStart } from '../../shell/call-capture.ts'
import { useCatalogStore } from '../../stores/catalog.ts'
import { useConnectionStore } from '../../stores/connection.ts'
import { useOutboxStore } from '../../stores/outbox.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useTicketsStore } from '../../stores/tickets.ts'
import { useDraft } from '../../stores/use-draft.ts'
import { showToast } from '../../ui/toasts.ts'
import { blankForm, draftKey, problemsOf, writeOf, type CallForm } from './call-form.ts'

/** A call that was handed to the outbox. */
export interface LoggedCall {
  ticketId: string
  /** The protocol; null until the server has given it. */
  number: string | null
  /** It is a note on a ticket that existed. */
  isNote: boolean
  resolved: boolean
}

/** The call being captured: its form, kept as a draft, and what becomes of it. */
export function useCall(start: Ref<CallStart>) {
  const { t } = useI18n()
  const { trpc } = useApi()
  const router = useRouter()
  const catalog = useCatalogStore()
  const connection = useConnectionStore()
  const outbox = useOutboxStore()
  const session = useSessionStore()
  const tickets = useTicketsStore()

  const blank = (): CallForm => blankForm(start.value)
  const { content: form, isReady, clear } = useDraft(() => draftKey(start.value), blank)
  const logged = ref<LoggedCall | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isSaving = ref(false)
  const tried = ref(false)
  let isOpen = true
  /** While this call is on the screen, what becomes of it is told here and nowhere else. */
  let unattend: () => void = () => undefined
  /** The exchange's call that was linked already: what is logged next from the same start is another matter. */
  let linkedCall: string | null = null

  const problems = computed(() => (tried.value ? problemsOf(form.value) : {}))

  /** A start that names its customer opens with them chosen. */
  async function takeCustomer(): Promise<void> {
    const { customerId } = start.value
    if (!customerId || form.value.caller || form.value.newCaller) return
    try {
      const { id, name, phone, email, tier, organization } = await trpc.customers.get.query({
        id: customerId,
      })
      if (start.value.customerId !== customerId || form.value.caller) return
      form.value.caller = { id, name, phone, email, tier, organization }
    } catch (error) {
      failure.value = toFailure(error)
    }
  }

  /** Hands the call to the outbox. Answers whether the form was complete. */
  async function save(): Promise<boolean> {
    const me = session.agent
    tried.value = true
    failure.value = null
    if (!me || isSaving.value || Object.keys(problemsOf(form.value)).length > 0) return false
    isSaving.value = true
    const kept = JSON.parse(JSON.stringify(form.value)) as CallForm
    const id = newId()
    const write = writeOf(kept, { id, me, statuses: catalog.statuses })
    try {
      const isNote = write.procedure === 'tickets.reply'
      const sent = await (isNote
        ? outbox.enqueue('tickets.reply', write.input)
        : outbox.enqueue('tickets.create', write.input))
      unattend = outbox.attend(sent.id)
      const ticketId = isNote ? write.input.ticketId : id
      const link = await linkCall(ticketId)
      await clear()
      const known = isNote ? (tickets.item(ticketId)?.number ?? null) : null
      logged.value = { ticketId, number: known, isNote, resolved: kept.resolved }
      tried.value = false
      void sent.answer.then(
        (answer) => 'number' in answer && answered(answer.id, answer.number),
        (error: unknown) => void refused([sent.id, link], ticketId, kept, toFailure(error)),
      )
    } catch (error) {
      failure.value = toFailure(error)
    } finally {
      isSaving.value = false
    }
    return true
  }

  /** Says whose the exchange's call was, after the ticket that it needs. Answers the id of that write. */
  async function linkCall(ticketId: string): Promise<string | null> {
    const { callId } = start.value
    if (!callId || callId === linkedCall) return null
    const sent = await outbox.enqueue('calls.link', { callId, ticketId })
    linkedCall = callId
    // The call may be forgotten by then; its ticket stands without it.
    void sent.answer.catch(() => outbox.discard(sent.id))
    return sent.id
  }

  const isShown = (ticketId: string) => isOpen && logged.value?.ticketId === ticketId

  function answered(ticketId: string, number: string): void {
    if (isShown(ticketId) && logged.value) logged.value = { ...logged.value, number }
    else {
      const open = {
        label: t('call.done.open'),
        run: async () => void (await router.push(`/ticket/${ticketId}`)),
      }
      showToast({ text: t('call.done.arrived', { number }), tone: 'success', action: open })
    }
  }

  /** The server said no while its author still looks: back to the form, with everything in it. Else it waits in the outbox. */
  async function refused(
    commandIds: readonly (string | null)[],
    ticketId: string,
    kept: CallForm,
    why: Failure,
  ): Promise<void> {
    if (!isShown(ticketId)) return
    logged.value = null
    form.value = kept
    failure.value = why
    for (const id of commandIds) if (id) await outbox.discard(id)
    linkedCall = null
    unattend()
  }

  /** Makes room for the next call. */
  function next(): void {
    unattend()
    logged.value = null
    failure.value = null
    tried.value = false
  }

  async function discardDraft(): Promise<void> {
    await clear()
    next()
    await takeCustomer()
  }

  watch(isReady, (ready) => ready && void takeCustomer(), { immediate: true })
  watch(start, next)
  watch(start, () => (linkedCall = null))
  onScopeDispose(() => {
    isOpen = false
    unattend()
  })

  return {
    form,
    isReady,
    problems,
    failure,
    isSaving,
    logged,
    isOffline: computed(() => connection.state === 'offline'),
    isBegun: computed(() => JSON.stringify({ ...form.value, caller: null }) !== JSON.stringify(blank())),
    save,
    next,
    discardDraft,
  }
}
