import type { People } from '../access/people.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Tiers } from '../customers/tiers.service.ts'
import { CalendarEntity } from '../sla/entities.ts'
import type { Db } from '../store/store.ts'
import { customersNamedIn } from '../conditions/condition-refs.ts'
import type { RuleDefinition } from './contract.ts'
import type { KnownRows } from './rule-refs.ts'

export interface KnownRowsDeps {
  catalog: Catalog
  people: People
  tiers: Tiers
}

/** Everything that these rules may speak of, as it is now. */
export async function knownRows(
  db: Db,
  { catalog, people, tiers }: KnownRowsDeps,
  rules: readonly Pick<RuleDefinition, 'when'>[],
): Promise<KnownRows> {
  const calendars = await db.find(CalendarEntity)
  const webhooks = await db.sql<{ id: string; name: string; archivedAt: number | null }[]>`
    SELECT id, name, archivedAt FROM webhook`
  const named = [...new Set(rules.flatMap(({ when }) => customersNamedIn(when)))]
  const found =
    named.length === 0
      ? []
      : await db.sql<{ id: string }[]>`
          SELECT id FROM customer WHERE id IN (${() => named})
          UNION SELECT id FROM organization WHERE id IN (${() => named})`
  return {
    catalog: await catalog.current(),
    people: await people.current(),
    tiers: await tiers.current(),
    calendars: new Map(calendars.map((calendar) => [calendar.id, calendar])),
    webhooks: new Map(webhooks.map((webhook) => [webhook.id, webhook])),
    customersAndOrganizations: new Set(found.map(({ id }) => id)),
  }
}
