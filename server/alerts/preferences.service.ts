import type { Viewer } from '../access/viewer.ts'
import { invalid } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Db, Store } from '../store/store.ts'
import { defaultCells, preferencesInput, type AlertPreferences } from './preferences.contract.ts'

/** Of whoever never chose: the defaults, all day. */
const UNSAID: AlertPreferences = { cells: {}, quiet: null }

/** What each person wants to be told of, and how. */
export class Preferences {
  readonly #deps: { store: Store; events: EventLog }

  constructor(deps: { store: Store; events: EventLog }) {
    this.#deps = deps
  }

  get({ agentId }: Pick<Viewer, 'agentId'>): Promise<AlertPreferences> {
    return readPreferences(this.#deps.store.read, agentId)
  }

  /** Puts them all in place. @throws VALIDATION `alert.no_such_cell` at a cell that can't happen */
  set({ agentId }: Pick<Viewer, 'agentId'>, wanted: AlertPreferences): Promise<AlertPreferences> {
    const { store, events } = this.#deps
    const preferences = checked(wanted)
    const { cells, quiet } = preferences
    return store.write(async (tx) => {
      await tx.db.sql`
        INSERT INTO alert_preferences (agentId, cells, quiet)
        VALUES (${agentId}, ${JSON.stringify(cells)}, ${quiet && JSON.stringify(quiet)})
        ON CONFLICT (agentId) DO UPDATE SET cells = excluded.cells, quiet = excluded.quiet`
      await events.record(tx, {
        type: 'alert.preferences_changed',
        actor: { type: 'agent', id: agentId },
        audience: { teams: [], agents: [agentId], only: true },
        data: { ...preferences },
      })
      return preferences
    })
  }
}

function checked({ cells, quiet }: AlertPreferences): AlertPreferences {
  const told = Object.entries(cells) as [
    keyof typeof cells,
    NonNullable<(typeof cells)[keyof typeof cells]>,
  ][]
  return {
    quiet,
    cells: Object.fromEntries(
      told.map(([kind, scopes]) => [
        kind,
        Object.fromEntries(
          Object.entries(scopes).map(([scope, channels]) => {
            if (!(scope in defaultCells[kind])) throw invalid(`cells.${kind}.${scope}`, 'alert.no_such_cell')
            return [scope, [...new Set(channels)]]
          }),
        ),
      ]),
    ),
  }
}

async function readPreferences(db: Db, agentId: string): Promise<AlertPreferences> {
  const [row] = await db.sql<{ cells: string; quiet: string | null }[]>`
    SELECT cells, quiet FROM alert_preferences WHERE agentId = ${agentId}`
  if (!row) return UNSAID
  const stored = preferencesInput.safeParse({
    cells: JSON.parse(row.cells) as unknown,
    quiet: row.quiet === null ? null : (JSON.parse(row.quiet) as unknown),
  })
  // What a newer version may have written and this one can't read must not keep anybody from their alerts.
  return stored.data ?? UNSAID
}
