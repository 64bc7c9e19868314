import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import { Pool, type CandidateDeps } from './candidates.ts'
import { chooseAgent } from './choose-agent.ts'
import type { WaitingView } from './contract.ts'
import { needOf } from './needs.ts'
import { allOffers } from './offer-rows.ts'
import { allWaiting, type WaitingCard } from './queue-rows.ts'

export interface QueueViewDeps extends CandidateDeps {
  store: Store
  clock: Clock
  catalog: Pick<Catalog, 'current'>
}

/** What waits to be given out, in its order, and why nobody has it yet. */
export async function waitingViews(deps: QueueViewDeps): Promise<WaitingView[]> {
  const { read } = deps.store
  const { priorities } = await deps.catalog.current()
  const pool = await Pool.read(read, deps)
  const offers = new Map((await allOffers(read)).map((made) => [made.ticketId, made]))
  const now = deps.clock.now()
  const viewOf = async (card: WaitingCard): Promise<WaitingView> => {
    const choice = chooseAgent(needOf(card), await pool.of(card.channel), now)
    const made = offers.get(card.ticketId)
    return {
      ...{ ticketId: card.ticketId, number: card.number, subject: card.subject, teamId: card.teamId },
      priority: { name: priorities.get(card.priorityId)?.name ?? '', weight: card.priorityWeight },
      queuedAt: new Date(card.queuedAt).toISOString(),
      refusals: Object.values(card.refusals).reduce((sum, { times }) => sum + times, 0),
      offer: made ? { agentId: made.agentId, expiresAt: new Date(made.expiresAt).toISOString() } : null,
      because: choice.agentId === null ? choice.because : {},
      nobody: choice.agentId === null && choice.nobody,
    }
  }
  return Promise.all((await allWaiting(read)).map(viewOf))
}
