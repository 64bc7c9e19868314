import { useI18n } from 'vue-i18n'
import type { AgentLive } from '../../../../server/dashboards/contract.ts'
import type { PresenceState } from '../../../../server/routing/contract.ts'
import type { TicketChanges } from '../../../../server/tickets/contract.ts'
import { toUserMessage } from '../../../api/errors.ts'
import { useApi } from '../../../api/provide.ts'
import { newId } from '../../../outbox/new-id.ts'
import { useCatalogStore } from '../../../stores/catalog.ts'
import { showToast } from '../../../ui/toasts.ts'
import { useTicketEdit } from '../../ticket/use-ticket-edit.ts'

type Person = Pick<AgentLive, 'agentId' | 'name'>

/**
 * What whoever oversees the desk does from a dashboard. It means something only now, so nothing of it waits for a network; what can
 * be taken back is offered to be.
 */
export function useSupervising() {
  const { t } = useI18n()
  const api = useApi()
  const catalog = useCatalogStore()
  const { change } = useTicketEdit()

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      showToast({ tone: 'danger', text: toUserMessage(error, t) })
      return false
    }
  }

  /** Says how somebody is. */
  async function setState(
    { agentId, name, state: before }: Person & { state: PresenceState },
    state: PresenceState,
  ) {
    if (state === before) return
    const put = (to: PresenceState) => api.send('presence.setFor', { agentId, state: to }, newId())
    await attempt(async () => {
      await put(state)
      showToast({
        text: t('dashboard.acts.stateDone', { name, state: t(`presence.state.${state}`) }),
        undo: async () => void (await attempt(async () => void (await put(before)))),
      })
    })
  }

  /** Lets somebody help in another queue, or calls them back from there. */
  async function lend({ agentId, name }: Person, teamId: string, isBack = false): Promise<void> {
    const put = (back: boolean) =>
      api.send(back ? 'teams.takeBack' : 'teams.lend', { agentId, teamId }, newId())
    const words = { name, team: catalog.teamName(teamId) ?? '' }
    await attempt(async () => {
      await put(isBack)
      showToast({
        text: t(isBack ? 'dashboard.acts.takenBack' : 'dashboard.acts.lent', words),
        undo: async () => void (await attempt(async () => void (await put(!isBack)))),
      })
    })
  }

  /** Says something to one agent alone about a ticket. Answers whether it arrived. */
  function whisper({ agentId, name }: Person, ticketId: string, text: string): Promise<boolean> {
    return attempt(async () => {
      await api.send('tickets.whisper', { ticketId, agentId, text }, newId())
      showToast({ tone: 'success', text: t('dashboard.acts.whispered', { name }) })
    })
  }

  /** Changes a ticket that is known by its id only. */
  async function edit(ticketId: string, changes: TicketChanges, text?: string): Promise<void> {
    await attempt(async () => change(await api.trpc.tickets.get.query({ id: ticketId }), changes, text))
  }

  return { setState, lend, whisper, edit }
}
