import type { QueuedCommand, StoredCommand } from './command.ts'
import type { DeskDatabase } from './database.ts'

/** The commands on disk, shared by all windows; `onChange` is told after each change made here. */
export class CommandStore {
  readonly #db: DeskDatabase
  readonly #onChange: () => Promise<void>

  constructor(db: DeskDatabase, onChange: () => Promise<void>) {
    this.#db = db
    this.#onChange = onChange
  }

  /** All commands in the order they were written. */
  async all(): Promise<QueuedCommand[]> {
    return (await this.#db.getAll('commands')) as QueuedCommand[]
  }

  async add(command: StoredCommand): Promise<void> {
    await this.#db.add('commands', command)
    await this.#onChange()
  }

  async remove({ position }: QueuedCommand): Promise<void> {
    await this.#db.delete('commands', position)
    await this.#onChange()
  }

  /** Changes a command, or deletes it for null, if it still exists and fits. Answers whether it did. */
  async change(
    id: string,
    change: (command: QueuedCommand) => QueuedCommand | null,
    fits: (command: QueuedCommand) => boolean = () => true,
  ): Promise<boolean> {
    const tx = this.#db.transaction('commands', 'readwrite')
    const command = ((await tx.store.getAll()) as QueuedCommand[]).find((each) => each.id === id)
    const applies = command !== undefined && fits(command)
    if (applies) {
      const changed = change(command)
      if (changed) await tx.store.put(changed)
      else await tx.store.delete(command.position)
    }
    await tx.done
    if (applies) await this.#onChange()
    return applies
  }
}
