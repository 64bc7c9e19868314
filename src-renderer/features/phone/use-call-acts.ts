import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { CallPop, CallTicket, CallView, WrapUp } from '../../../server/phone/contract.ts'
import { toFailure, toUserMessage } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { newId } from '../../outbox/new-id.ts'
import { openCallCapture } from '../../shell/call-capture.ts'
import { useCallsStore } from '../../stores/calls.ts'
import { useOutboxStore } from '../../stores/outbox.ts'
import { useWorkspaceStore } from '../../stores/workspace.ts'
import { showToast } from '../../ui/toasts.ts'
import { startOf, wrapUpDraftKey, type WrapUpForm } from './call-lists.ts'

/** What can be done about a call that rings, goes on or has just ended. */
export function useCallActs() {
  const { t } = useI18n()
  const api = useApi()
  const router = useRouter()
  const calls = useCallsStore()
  const outbox = useOutboxStore()
  const workspace = useWorkspaceStore()

  const open = async (ticketId: string): Promise<void> =>
    void (await router.push({ name: 'ticket', params: { id: ticketId } }))

  /** Somebody else may take it meanwhile, so it doesn't wait for a network. */
  async function claim(call: CallPop): Promise<void> {
    try {
      calls.learn((await api.send('calls.claim', { callId: call.id }, newId())) as CallPop)
    } catch (error) {
      showToast({ tone: 'danger', text: toUserMessage(error, t) })
      calls.ask()
    }
  }

  /** What the server refuses of this is told here at once, and needs no decision later. */
  async function told(sent: { id: string; answer: Promise<unknown> }): Promise<boolean> {
    const unattend = outbox.attend(sent.id)
    try {
      await sent.answer
      return true
    } catch (error) {
      showToast({ tone: 'danger', text: toUserMessage(toFailure(error), t) })
      await outbox.discard(sent.id)
      return false
    } finally {
      unattend()
    }
  }

  async function link(call: CallView, { id, number }: CallTicket): Promise<void> {
    if (await told(await outbox.enqueue('calls.link', { callId: call.id, ticketId: id })))
      showToast({ tone: 'success', text: t('phone.linked', { number }) })
  }

  /**
   * The card goes at once, and its draft when the outbox has what was written; what the server refuses brings both back.
   * `form` is what was typed; `clear` forgets its draft.
   */
  async function wrapUp(
    call: CallPop,
    done: Omit<WrapUp, 'callId'>,
    form: WrapUpForm,
    clear: () => Promise<void>,
  ): Promise<void> {
    calls.putAway(call)
    try {
      const sent = await outbox.enqueue('calls.wrapUp', { callId: call.id, ...done })
      await clear()
      if (await told(sent)) return
      workspace.current?.drafts.save(wrapUpDraftKey(call), form)
    } catch (error) {
      showToast({ tone: 'danger', text: toUserMessage(error, t) })
    }
    calls.bringBack(call)
  }

  return {
    open,
    claim,
    link,
    wrapUp,
    newTicket: (call: CallView): void => openCallCapture(startOf(call)),
    dismiss: calls.putAway,
  }
}
