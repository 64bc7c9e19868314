import type { Audience, Viewer } from '../access/viewer.ts'
import { notFound } from '../errors.ts'
import { KeptAnswers } from '../kept-answers.ts'
import { problemsWorker } from '../places.ts'
import { inThread } from '../threads.ts'
import type { TicketFilter } from '../tickets/filter.contract.ts'
import type { TicketList } from '../tickets/ticket-list.ts'
import type {
  AskMembers,
  AskProblems,
  HiddenProblem,
  HideProblem,
  MakeParent,
  ParentMade,
  ParentUndone,
  Problem,
  Problems as ProblemsAnswer,
  ProblemTickets,
} from './contract.ts'
import { isSameMatter } from './describe.ts'
import { hiddenProblems, hideProblem, showProblem, type HiddenRow } from './hidden-rows.ts'
import { makeParent, undoParent, type ParentDeps } from './parent.ts'
import type { FoundProblem, FoundProblems, ProblemsJob } from './reckon.ts'

export interface ProblemsDeps extends ParentDeps {
  tickets: ParentDeps['tickets'] & { list: TicketList }
  /** The database file. */
  file: string
  /** Aborted when the server stops. */
  shutdown: AbortSignal
}

const HOUR_MS = 3_600_000
/** Each holds the numbers of all its tickets. */
const KEPT = 8
/** For those who oversee the desk. */
const overseers: Audience = { teams: [], agents: [] }

/** Matters that come up again and again: found in what customers write, and what people make of them. */
export class Problems {
  readonly #deps: ProblemsDeps
  readonly #kept = new KeptAnswers<FoundProblems & { at: number }>(KEPT)

  constructor(deps: ProblemsDeps) {
    this.#deps = deps
  }

  async list(viewer: Viewer, asked: AskProblems): Promise<ProblemsAnswer> {
    const { at, items, ...counted } = await this.#found(viewer, asked)
    const hidden = await hiddenProblems(this.#deps.store.read)
    const hiddenWords = hidden.map(({ words }) => JSON.parse(words) as string[])
    return {
      at: new Date(at).toISOString(),
      items: items
        .filter(({ words }) => !hiddenWords.some((others) => isSameMatter(words, others)))
        .map(toView),
      hidden: await this.#views(hidden),
      ...counted,
    }
  }

  /** @throws NOT_FOUND `problem.not_found` when these days, teams and filter have no such problem (any more) */
  async members(viewer: Viewer, { problemId, cursor, limit, ...asked }: AskMembers): Promise<ProblemTickets> {
    const { items } = await this.#found(viewer, asked)
    const problem = items.find(({ id }) => id === problemId)
    if (!problem) throw notFound('problem')
    const from = Number(cursor ?? 0)
    const seqs = problem.seqs.slice(from, from + limit)
    const found = await this.#deps.tickets.list.bySeqs(viewer, seqs)
    return {
      items: seqs.flatMap((seq) => found.get(seq) ?? []),
      total: problem.seqs.length,
      nextCursor: from + limit < problem.seqs.length ? String(from + limit) : null,
    }
  }

  hide(viewer: Viewer, { id, words, name }: HideProblem): Promise<HiddenProblem> {
    const { store, clock, events } = this.#deps
    return store.write(async (tx) => {
      const row = { id, words: JSON.stringify(words), name, at: clock.now(), byId: viewer.agentId }
      const actor = { type: 'agent', id: viewer.agentId } as const
      if (await hideProblem(tx, row))
        await events.record(tx, { type: 'problem.hidden', actor, audience: overseers, data: { id, name } })
      const [known] = (await hiddenProblems(tx.db)).filter((each) => each.id === id)
      const [view] = await this.#views([known ?? row])
      return view as HiddenProblem
    })
  }

  show(viewer: Viewer, { id }: { id: string }): Promise<{ id: string }> {
    const { store, events } = this.#deps
    return store.write(async (tx) => {
      const actor = { type: 'agent', id: viewer.agentId } as const
      if (await showProblem(tx, id))
        await events.record(tx, { type: 'problem.shown', actor, audience: overseers, data: { id } })
      return { id }
    })
  }

  makeParent(viewer: Viewer, input: MakeParent): Promise<ParentMade> {
    return this.#deps.store.write((tx) => {
      tx.afterCommit(() => this.#kept.clear())
      return makeParent(this.#deps, tx, viewer, input)
    })
  }

  undoParent(viewer: Viewer, { parentId }: { parentId: string }): Promise<ParentUndone> {
    return this.#deps.store.write((tx) => {
      tx.afterCommit(() => this.#kept.clear())
      return undoParent(this.#deps, tx, viewer, parentId)
    })
  }

  /** Once an hour for each question; whoever oversees the desk sees the same tickets as all who do. */
  async #found(viewer: Viewer, { days, teamIds, filter = {} }: AskProblems) {
    const { clock, file, shutdown, tickets } = this.#deps
    const now = clock.now()
    const teams = teamIds && [...new Set(teamIds)].sort()
    const where = { ...filter, ...(teams && { teamIds: within(teams, filter.teamIds, viewer) }) }
    const key = JSON.stringify([Math.floor(now / HOUR_MS), days, where, ownSight(viewer, where)])
    return this.#kept.get(key, async () => {
      const picked = await tickets.list.picked(viewer, where)
      const job: ProblemsJob = { file, now, days, picked }
      return { at: now, ...(await inThread<FoundProblems>(problemsWorker, 'problems', job, shutdown)) }
    })
  }

  async #views(rows: readonly HiddenRow[]): Promise<HiddenProblem[]> {
    const { people } = await this.#deps.names.current()
    return rows.map(({ id, name, at, byId }) => ({
      ...{ id, name, at: new Date(at).toISOString() },
      by: { id: byId, name: people.agents.get(byId)?.name ?? '' },
    }))
  }
}

/** Its tickets are asked for apart. */
function toView(found: FoundProblem): Problem {
  const view: Problem & { seqs?: number[] } = { ...found }
  delete view.seqs
  return view
}

/** What a filter means that speaks of whoever asks; null when it means the same for all. */
const ownSight = ({ agentId, teamIds }: Viewer, filter: TicketFilter) =>
  /"(me|mine|myTeams)"/.test(JSON.stringify(filter)) ? [agentId, [...teamIds].sort()] : null

/** Those of the filter's teams that were chosen; `mine` are the viewer's own. */
function within(chosen: string[], filtered: string[] | undefined, viewer: Pick<Viewer, 'teamIds'>): string[] {
  const isIn = (id: string) =>
    filtered?.includes(id) || (filtered?.includes('mine') && viewer.teamIds.includes(id))
  return filtered ? chosen.filter(isIn) : chosen
}
