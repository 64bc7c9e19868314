import type { Reader } from '../store/reader.ts'
import { cluster } from './cluster.ts'
import { FEWEST_TICKETS, MOST_PROBLEMS, type Problem } from './contract.ts'
import { corpusReader, type CorpusReader, type Effort, type PastTicket, type Picked } from './corpus-rows.ts'
import { costOf, countsOf, idOf, nameOf, tellingWords } from './describe.ts'
import { Corpus, isWord } from './vectors.ts'

export interface ProblemsJob {
  file: string
  now: number
  days: number
  picked: Picked
}

/** A problem with its tickets, by their `seq`: those still open first, then the newest. */
export interface FoundProblem extends Problem {
  seqs: number[]
}

export interface FoundProblems {
  items: FoundProblem[]
  tickets: number
  inProblems: number
  averageCallMs: number | null
}

const DAY_MS = 86_400_000
const PAGE = 2_000
/** More tickets than this are older ones of a very large office; the newest tell what recurs now. */
const MOST_TICKETS = 100_000
/** Tickets whose words a problem is named by. */
const SAMPLED = 40
const NAMED_FROM = 30
const HANDLING_DAYS = 90
/** An average of fewer calls is an anecdote. */
const NEEDED_CALLS = 20

/** @param most for tests; see {@link MOST_TICKETS} */
export function findProblems(
  reader: Reader,
  { now, days, picked }: Omit<ProblemsJob, 'file'>,
  most = MOST_TICKETS,
): FoundProblems {
  const rows = corpusReader(reader, now - days * DAY_MS, picked)
  const corpus = new Corpus()
  const tickets: PastTicket[] = []
  for (let after = rows.beforeNewest(most); ;) {
    const page = rows.page(after, PAGE)
    for (const ticket of page) {
      corpus.add(ticket)
      // The words are in the corpus now; kept along they would cost most of the memory.
      tickets.push({ ...ticket, text: '', labels: [] })
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) break
    after = last.seq
  }
  const clusters = cluster(corpus.vectors(), FEWEST_TICKETS)
  const { ms, calls } = rows.averageCall(now - HANDLING_DAYS * DAY_MS)
  const averageCallMs = calls >= NEEDED_CALLS ? Math.round(ms) : null
  const seen = new Set<string>()
  const items = clusters.slice(0, MOST_PROBLEMS).flatMap(({ members, terms }) => {
    const own = members.map((member) => tickets[member] as PastTicket)
    const words = terms.map((term) => corpus.term(term)).filter(isWord)
    const problem = describe(rows, own, words.slice(0, NAMED_FROM), { now, days, averageCallMs })
    // Two that are known by the same words would be told apart by nobody.
    if (seen.has(problem.id)) return []
    seen.add(problem.id)
    return { ...problem, share: own.length / tickets.length }
  })
  const inProblems = clusters.reduce((sum, { members }) => sum + members.length, 0)
  return { items, tickets: tickets.length, inProblems, averageCallMs }
}

/** `tickets` come the most typical first. */
function describe(
  rows: CorpusReader,
  tickets: readonly PastTicket[],
  candidates: readonly string[],
  { now, days, averageCallMs }: { now: number; days: number; averageCallMs: number | null },
): Omit<FoundProblem, 'share'> {
  const texts = rows.texts(tickets.slice(0, SAMPLED).map(({ seq }) => seq))
  const words = tellingWords(candidates, texts)
  const [first] = tickets as [PastTicket]
  return {
    id: idOf(words),
    name: nameOf(words, texts),
    words,
    representative: { id: first.id, number: first.number, subject: first.subject },
    ...countsOf(tickets, now, days),
    cost: costOf(effortsOf(rows, tickets), averageCallMs),
    parent: parentOf(rows, tickets),
    seqs: tickets
      .toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen) || b.seq - a.seq)
      .map(({ seq }) => seq),
  }
}

function effortsOf(rows: CorpusReader, tickets: readonly PastTicket[]): Effort[] {
  return [...rows.efforts(tickets.map(({ seq }) => seq)).values()]
}

function parentOf(rows: CorpusReader, tickets: readonly PastTicket[]): Problem['parent'] {
  const parents = Map.groupBy(rows.parents(tickets.map(({ seq }) => seq)).values(), ({ id }) => id)
  const [most] = [...parents.values()].sort((a, b) => b.length - a.length)
  const [parent] = most ?? []
  return parent && most ? { id: parent.id, number: parent.number, children: most.length } : null
}
