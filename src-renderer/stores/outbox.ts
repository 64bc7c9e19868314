import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { heldBy, type Command, type QueuedCommand } from '../outbox/command.ts'
import type { OutboxListener, Sent } from '../outbox/outbox.ts'
import type { CommandAnswer, CommandInput, CommandName } from '../outbox/procedures.ts'
import { useWorkspaceStore } from './workspace.ts'

type AnswerHandler = (command: Command, answer: unknown) => void

/** The writes on their way to the server, in every window of this agent. */
export const useOutboxStore = defineStore('outbox', () => {
  const workspace = useWorkspaceStore()
  const queue = shallowRef<readonly QueuedCommand[]>([])
  const attended = new Set<string>()
  const answerHandlers = new Set<AnswerHandler>()

  /** Not answered yet, the one being sent included. */
  const waiting = computed(() => queue.value.filter(({ state }) => state !== 'refused'))
  const sending = computed(() => queue.value.find(({ state }) => state === 'sending') ?? null)
  const refused = computed(() => queue.value.filter(({ state }) => state === 'refused'))

  const listener: OutboxListener = {
    onQueue: (commands) => (queue.value = commands),
    onAnswer: (command, answer) => answerHandlers.forEach((handle) => handle(command, answer)),
  }

  /**
   * Stores a write and sends it as soon as it can be. Resolves when it is safely on disk: then clear the draft.
   * `(await enqueue(…)).answer` is the server's answer, if somebody needs it.
   */
  async function enqueue<Name extends CommandName>(
    procedure: Name,
    input: CommandInput<Name>,
  ): Promise<Sent<CommandAnswer<Name>>> {
    return (await workspace.whenOpen()).outbox.enqueue(procedure, input)
  }

  /** The commands about one ticket (or other subject), oldest first. */
  const about = (subject: string): QueuedCommand[] =>
    queue.value.filter((command) => command.subject === subject)

  /** Tries a refused command again, with `input` instead of its own when its author changed it. */
  const retry = async (id: string, input?: unknown): Promise<boolean> =>
    (await workspace.current?.outbox.retry(id, input)) ?? false
  const discard = async (id: string): Promise<boolean> =>
    (await workspace.current?.outbox.discard(id)) ?? false

  /** Says that its author waits for the answer of this write and will be told in place, until the function it returns is called. */
  function attend(id: string): () => void {
    attended.add(id)
    return () => attended.delete(id)
  }

  /** The refused command that keeps this one from being sent. */
  const heldUpBy = (command: Command): Command | null => heldBy(queue.value, command)

  return {
    queue,
    waiting,
    sending,
    refused,
    listener,
    enqueue,
    about,
    retry,
    discard,
    heldUpBy,
    attend,
    isAttended: (id: string) => attended.has(id),
    nudge: () => workspace.current?.outbox.nudge(),
    pause: () => workspace.current?.outbox.pause(),
    resume: () => workspace.current?.outbox.resume(),
    onAnswer: (handler: AnswerHandler) => void answerHandlers.add(handler),
  }
})
