import { toFailure, type Failure } from '../api/errors.ts'
import type { CommandAnswer, CommandInput, CommandName } from '../outbox/procedures.ts'
import { useConnectionStore } from './connection.ts'
import { useOutboxStore } from './outbox.ts'

/** A form that knows nothing after this long lets its author go on; the outbox carries the write. */
const PATIENCE_MS = 2_000

/**
 * Writes from a form that stays open until the server has said yes: a refusal is thrown, to be shown beside the fields, and leaves
 * nothing behind in the outbox. Answers null when no answer came in time, as without a network: the write is safe and waits.
 */
export function useSubmit() {
  const outbox = useOutboxStore()
  const connection = useConnectionStore()

  return async function submit<Name extends CommandName>(
    procedure: Name,
    input: CommandInput<Name>,
    /** Refusals that shall stand in the outbox, because the screen shows them from there; they are thrown all the same. */
    keep: (failure: Failure) => boolean = () => false,
  ): Promise<CommandAnswer<Name> | null> {
    const sent = await outbox.enqueue(procedure, input)
    const patienceMs = connection.state === 'offline' ? 0 : PATIENCE_MS
    const leave = outbox.attend(sent.id)
    const givenUp = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs))
    try {
      return await Promise.race([sent.answer, givenUp])
    } catch (error) {
      if (!keep(toFailure(error))) await outbox.discard(sent.id)
      throw error
    } finally {
      leave()
    }
  }
}
