import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { notFound } from '../errors.ts'
import { significantWords } from '../text/words.ts'
import type { Db } from '../store/store.ts'
import type { Ref } from '../tickets/contract.ts'
import type { NamesSource } from '../tickets/names.ts'
import type { TicketList } from '../tickets/ticket-list.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import { proposableFields, type ProposableField, type Proposal, type Suggestions } from './contract.ts'
import { answersIn, findsOf, headTicket, mattersOf, type Matter } from './history-rows.ts'
import { ALIKE, candidates, sharedWords, similarity, weigh } from './nearest.ts'
import { voteOn, type Neighbour, type Vote } from './proposals.ts'

export interface AssistDeps {
  read: Db
  names: NamesSource
  list: Pick<TicketList, 'byIds'>
}

/** As many as fit beside a ticket. */
const SHOWN = 5
/** As many as have a say in a proposal. */
const VOTERS = 20
/** Of an answer, for a first look. */
const ANSWER_LENGTH = 400

interface Near {
  matter: Matter
  similarity: number
  words: string[]
}

/** Says what the office's own history knows of a ticket. Asks nobody outside, and changes nothing. */
export class Assist {
  readonly #deps: AssistDeps

  constructor(deps: AssistDeps) {
    this.#deps = deps
  }

  /** From what the viewer may see. @throws NOT_FOUND `ticket.not_found` */
  async suggest(viewer: Viewer, ticketId: string): Promise<Suggestions> {
    const { read, list } = this.#deps
    const ticket = await findTicket(read, ticketId)
    if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
    const near = (await nearestTo(read, ticket)).filter(({ matter }) => maySeeTicket(viewer, matter))
    const shown = near.filter(({ matter }) => matter.isSolved).slice(0, SHOWN)
    const ids = shown.map(({ matter }) => matter.id)
    const items = new Map(
      (ids.length > 0 ? await list.byIds(viewer, ids) : []).map((item) => [item.id, item]),
    )
    const answers = await answersIn(read, ids)
    return {
      similar: shown.flatMap(({ matter, words, ...rest }) => {
        const item = items.get(matter.id)
        const answer = answers.get(matter.id)?.slice(0, ANSWER_LENGTH) ?? null
        return item ? [{ ticket: item, similarity: rest.similarity, words, answer }] : []
      }),
      proposals: await this.#proposals(ticket, near),
    }
  }

  /** What similar tickets were given, whoever may see them: for rules. Null when they don't agree, or there are none. */
  async propose(
    db: Db,
    { ticketId, field }: { ticketId: string; field: ProposableField },
  ): Promise<{ value: string; confidence: number } | null> {
    const ticket = await findTicket(db, ticketId)
    const vote = ticket ? voteOn(field, neighboursOf(await nearestTo(db, ticket))) : null
    return vote && { value: vote.value, confidence: vote.confidence }
  }

  async #proposals(ticket: TicketRow, near: readonly Near[]): Promise<Proposal[]> {
    const neighbours = neighboursOf(near)
    const { catalog } = await this.#deps.names.current()
    const offered: Record<ProposableField, ReadonlyMap<string, Ref & { archived: boolean }>> = {
      type: catalog.types,
      category: catalog.categories,
      priority: catalog.priorities,
    }
    const current = valuesOf(ticket)
    return proposableFields.flatMap((field) => {
      const vote = voteOn(field, neighbours)
      const row = vote ? offered[field].get(vote.value) : undefined
      return vote && row && !row.archived && vote.value !== current[field]
        ? [toProposal(field, row, vote)]
        : []
    })
  }
}

const toProposal = (
  field: ProposableField,
  { id, name }: Ref,
  { confidence, agreeing, of }: Vote,
): Proposal => ({
  field,
  value: { id, name },
  confidence,
  evidence: agreeing.map((each) => ({ id: each.id, number: each.number })),
  of,
})

/** Earlier tickets about the same, the most similar first. */
async function nearestTo(db: Db, ticket: TicketRow): Promise<Near[]> {
  const [own] = await mattersOf(db, [ticket.seq])
  const words = significantWords(own?.text ?? '')
  if (words.size === 0) return []
  const finds = await findsOf(db, [...words], ticket.seq)
  const weights = weigh(finds, await headTicket(db))
  const matters = await mattersOf(db, candidates(finds, weights))
  return matters
    .map((matter) => {
      const others = significantWords(matter.text)
      return {
        matter,
        similarity: similarity(words, others, weights),
        words: sharedWords(words, others, weights),
      }
    })
    .filter((near) => near.similarity >= ALIKE)
    .sort((a, b) => b.similarity - a.similarity || b.matter.seq - a.matter.seq)
}

const neighboursOf = (near: readonly Near[]): Neighbour[] =>
  near.slice(0, VOTERS).map(({ matter, ...rest }) => ({
    ...{ id: matter.id, number: matter.number, similarity: rest.similarity },
    values: valuesOf(matter),
  }))

const valuesOf = ({
  typeId,
  categoryId,
  priorityId,
}: Pick<Matter, 'typeId' | 'categoryId' | 'priorityId'>): Record<ProposableField, string | null> => ({
  ...{ type: typeId, category: categoryId, priority: priorityId },
})
