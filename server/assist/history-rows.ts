import type { Db } from '../store/store.ts'
import { matchingTickets, ticketQuery } from '../store/ticket-index.ts'
import { FINDS_PER_WORD } from './nearest.ts'

/** Reads of the office's history, named by the question they answer. */

export interface Find {
  seq: number
}

/** The newest tickets that have each word anywhere; words come in the singular, and tickets have them in either. */
export async function findsOf(
  db: Db,
  words: readonly string[],
  before: number,
): Promise<Map<string, Find[]>> {
  const finds = new Map<string, Find[]>()
  for (const word of words) {
    const forms = [ticketQuery(word, 'anywhere'), ticketQuery(`${word}s`, 'anywhere')]
    finds.set(word, await matchingTickets(db, 'anywhere', forms.join(' OR '), before, FINDS_PER_WORD))
  }
  return finds
}

/** What a ticket is about: its subject and the first thing that was written in it. */
export interface Matter {
  seq: number
  id: string
  number: string
  text: string
  teamId: string | null
  agentId: string | null
  typeId: string | null
  categoryId: string | null
  priorityId: string
  isSolved: boolean
}

type MatterRow = Omit<Matter, 'text' | 'isSolved'> & {
  subject: string
  active: 0 | 1
  firstText: string | null
}

/** In the order of `seqs`. */
export async function mattersOf(db: Db, seqs: readonly number[]): Promise<Matter[]> {
  if (seqs.length === 0) return []
  const rows = await db.sql<MatterRow[]>`
    SELECT t.seq, t.id, t.number, t.subject, t.teamId, t.agentId, t.typeId, t.categoryId, t.priorityId, t.active,
      (SELECT m.text FROM message m WHERE m.ticketId = t.id ORDER BY m.seq LIMIT 1) AS firstText
    FROM ticket t WHERE t.seq IN (${() => [...seqs]})`
  const matters = new Map(rows.map((row) => [row.seq, toMatter(row)]))
  return seqs.flatMap((seq) => matters.get(seq) ?? [])
}

function toMatter({ subject, active, firstText, ...row }: MatterRow): Matter {
  return { ...row, text: `${subject}\n${firstText ?? ''}`, isSolved: active === 0 }
}

/** The last thing that the office answered in each ticket. */
export async function answersIn(db: Db, ticketIds: readonly string[]): Promise<Map<string, string>> {
  if (ticketIds.length === 0) return new Map()
  const rows = await db.sql<{ ticketId: string; text: string }[]>`
    SELECT ticketId, text FROM message
    WHERE ticketId IN (${() => [...ticketIds]}) AND kind = 'public' AND authorType = 'agent' AND text <> '' ORDER BY seq`
  return new Map(rows.map(({ ticketId, text }) => [ticketId, text]))
}

export async function headTicket(db: Db): Promise<number> {
  const [row] = await db.sql<{ seq: number | null }[]>`SELECT max(seq) AS seq FROM ticket`
  return row?.seq ?? 0
}
