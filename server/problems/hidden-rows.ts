import type { Db, Tx } from '../store/store.ts'

/** A problem that was said to be none; `words` is a JSON list. */
export interface HiddenRow {
  id: string
  words: string
  name: string
  at: number
  byId: string
}

export const hiddenProblems = (db: Db) =>
  db.sql<HiddenRow[]>`SELECT * FROM hidden_problem ORDER BY at DESC, id`

/** Answers whether it was not hidden before. */
export async function hideProblem(tx: Tx, { id, words, name, at, byId }: HiddenRow): Promise<boolean> {
  const rows = await tx.db.sql<unknown[]>`
    INSERT INTO hidden_problem (id, words, name, at, byId) VALUES (${id}, ${words}, ${name}, ${at}, ${byId})
    ON CONFLICT (id) DO NOTHING RETURNING id`
  return rows.length > 0
}

/** Answers whether it was hidden. */
export async function showProblem(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.db.sql<unknown[]>`DELETE FROM hidden_problem WHERE id = ${id} RETURNING id`
  return rows.length > 0
}
