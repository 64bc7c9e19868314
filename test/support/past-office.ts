/** An office that has been there for a while, written as history is: with the instants at which things happened. */
import { newId } from '../../server/ids.ts'
import type { Services } from '../../server/app.ts'

const DAY_MS = 86_400_000

/** `perDay` resolved tickets on each working day of the `days` before yesterday, one a day at weekends. A ticket must be there. */
export async function writePast(
  { store, clock }: Services,
  { days, perDay }: { days: number; perDay: number },
): Promise<void> {
  await store.write(async (tx) => {
    const [row] = await tx.db.sql<{ requesterId: string; priorityId: string; statusId: string }[]>`
      SELECT requesterId, priorityId, (SELECT id FROM status WHERE class = 'resolved' LIMIT 1) AS statusId FROM ticket LIMIT 1`
    if (!row) throw new Error('There is no ticket yet.')
    const now = clock.now()
    for (let day = 2; day < days + 2; day += 1) {
      const isWeekend = [0, 6].includes(new Date(now - day * DAY_MS).getUTCDay())
      for (let n = 0; n < (isWeekend ? 1 : perDay); n += 1) {
        const at = now - day * DAY_MS + n * 60_000
        await tx.db.sql`
          INSERT INTO ticket (id, number, subject, requesterId, channel, statusId, statusClass, active, priorityId, priorityWeight,
            fields, version, fieldVersions, createdAt, updatedAt, lastMessageAt, resolvedAt)
          VALUES (${newId()}, ${`0-${day}-${n}`}, ${'x'}, ${row.requesterId}, 'phone', ${row.statusId}, 'resolved', 0, ${row.priorityId},
            0, '{}', 1, '{}', ${at}, ${at}, ${at}, ${at + 3_600_000})`
      }
    }
  })
}
