import type { Database } from 'better-sqlite3'

/** Lets queries on this connection use functions on texts beside SQLite's own; anything but a text gives null. */
export function addFunctions(
  database: Database,
  functions: Readonly<Record<string, (text: string) => string>>,
): void {
  for (const [name, work] of Object.entries(functions))
    database.function(name, { deterministic: true }, (text: unknown) =>
      typeof text === 'string' ? work(text) : null,
    )
}
