import { foldName } from '../catalog/fold-name.ts'
import type { Db } from '../store/store.ts'

interface Candidate {
  id: string
  subject: string
}

/** "Re: Fwd: nota fiscal" speaks of the same as "nota fiscal". */
const REPLY_MARKS = /^(?:\s*(?:re|res|enc|fw|fwd|rv)\s*:\s*)+/i

/** The requester's oldest ticket that is still open and older than this one; null when there is none. */
export async function oldestOpenOfRequester(db: Db, ticketId: string): Promise<string | null> {
  return (await olderOpen(db, ticketId))[0]?.id ?? null
}

/** As {@link oldestOpenOfRequester}, among those with this one's subject; marks of a reply, case and accents don't count. */
export async function oldestOpenSameSubject(db: Db, ticketId: string): Promise<string | null> {
  const [own] = await db.sql<Candidate[]>`SELECT id, subject FROM ticket WHERE id = ${ticketId}`
  if (!own) return null
  const wanted = bare(own.subject)
  return (await olderOpen(db, ticketId)).find(({ subject }) => bare(subject) === wanted)?.id ?? null
}

const bare = (subject: string) => foldName(subject.replace(REPLY_MARKS, ''))

const olderOpen = (db: Db, ticketId: string) =>
  db.sql<Candidate[]>`
    SELECT older.id, older.subject FROM ticket JOIN ticket AS older ON older.requesterId = ticket.requesterId
    WHERE ticket.id = ${ticketId} AND older.seq < ticket.seq AND older.active = 1 ORDER BY older.seq`
