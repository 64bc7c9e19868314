import { Worker } from 'node:worker_threads'
import type { Viewer } from '../../access/viewer.ts'
import type { Clock } from '../../clock.ts'
import { AppError } from '../../errors.ts'
import { previewWorker } from '../../places.ts'
import type { Store } from '../../store/store.ts'
import type { NamesSource } from '../../tickets/names.ts'
import type { ConditionField } from '../../conditions/contract.ts'
import { fieldsOf } from '../../conditions/conditions.ts'
import type { PreviewRule, RuleDefinition, RulePreview } from '../contract.ts'
import { showMatches } from './preview-match.ts'
import type { PreviewJob } from './preview-run.ts'
import type { PreviewOutcome } from './preview-tally.ts'
import type { PreviewWord } from './preview-worker.ts'

export interface PreviewsDeps {
  store: Store
  /** The database file. */
  file: string
  clock: Clock
  names: NamesSource
  /** The rule with every row by its id. @throws VALIDATION with what is wrong with it. */
  checked(rule: RuleDefinition): Promise<RuleDefinition>
  /** Aborted when the server stops. */
  shutdown: AbortSignal
}

export interface PreviewProgress {
  done: number
  total: number
}

interface Running extends PreviewProgress {
  agentId: string
  runId: string | null
  stop: AbortController
}

const DAY_MS = 86_400_000
/** Each takes a whole core; the office needs the others. */
const AT_ONCE = 2

/** Tries rules on the past without changing anything, each in a thread of its own; one at a time for each who asks. */
export class Previews {
  readonly #deps: PreviewsDeps
  readonly #running = new Set<Running>()

  constructor(deps: PreviewsDeps) {
    this.#deps = deps
  }

  /**
   * What this rule would have done by itself. Who asks for another ends their last.
   * @throws LIMIT `rule.previews_busy`, CONFLICT `rule.preview_stopped`
   */
  async preview(viewer: Viewer, wanted: PreviewRule, signal?: AbortSignal): Promise<RulePreview> {
    const { names, clock, file } = this.#deps
    for (const other of this.#running) if (other.agentId === viewer.agentId) other.stop.abort()
    if (this.#running.size >= AT_ONCE) throw new AppError('LIMIT', 'rule.previews_busy')
    const stop = new AbortController()
    const run = { agentId: viewer.agentId, runId: wanted.runId ?? null, stop, done: 0, total: 0 }
    this.#running.add(run)
    try {
      const rule = await this.#deps.checked(wanted.rule)
      const { catalog, people, tiers, book } = await names.current()
      const now = clock.now()
      const job: PreviewJob = {
        ...{ file, rule, limit: wanted.limit, now, from: now - wanted.days * DAY_MS },
        ...{ catalog, people, tiers },
        calendars: mapped(book.calendars, ({ id, archived, definition }) => ({ id, archived, definition })),
        policies: mapped(book.policyById, ({ calendarId }) => ({ calendarId })),
      }
      const ends = [stop.signal, this.#deps.shutdown, ...(signal ? [signal] : [])]
      const { matched, ...counted } = await inThread(job, run, AbortSignal.any(ends))
      return { ...counted, unsure: unsureIn(rule), matched: await showMatches(this.#deps, rule, matched) }
    } finally {
      this.#running.delete(run)
    }
  }

  /** How far the viewer's own preview is; nothing of none. */
  progress({ agentId }: Viewer, { runId }: { runId: string }): PreviewProgress {
    const run = [...this.#running].find((each) => each.agentId === agentId && each.runId === runId)
    return { done: run?.done ?? 0, total: run?.total ?? 0 }
  }
}

/** Answers what the thread found; when `signal` aborts, the thread is gone before this is refused. */
function inThread(job: PreviewJob, run: Running, signal: AbortSignal): Promise<PreviewOutcome> {
  const stopped = () => new AppError('CONFLICT', 'rule.preview_stopped')
  if (signal.aborted) return Promise.reject(stopped())
  const { promise, resolve, reject } = Promise.withResolvers<PreviewOutcome>()
  const worker = new Worker(previewWorker, {
    workerData: job,
    name: 'preview',
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 },
  })
  const onAbort = () => void worker.terminate()
  signal.addEventListener('abort', onAbort, { once: true })
  worker.on('message', (word: PreviewWord) => {
    if ('outcome' in word) resolve(word.outcome)
    else Object.assign(run, word)
  })
  worker.on('error', reject)
  worker.on('exit', () => {
    signal.removeEventListener('abort', onAbort)
    // Too late where there is an answer.
    reject(signal.aborted ? stopped() : new Error('The thread of a preview ended without an answer.'))
  })
  return promise
}

/** What the log does not tell of the past. */
const untold: ReadonlySet<ConditionField> = new Set([
  'customer.tier',
  'customer.organization',
  'customer.openTickets',
  'dueAt',
  'sla.remaining',
  'sla.state',
])

const unsureIn = ({ when }: RuleDefinition): ConditionField[] =>
  when ? [...fieldsOf(when)].filter((field) => untold.has(field)) : []

const mapped = <Id, From, To>(map: ReadonlyMap<Id, From>, to: (value: From) => To): Map<Id, To> =>
  new Map([...map].map(([id, value]) => [id, to(value)]))
