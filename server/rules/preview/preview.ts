import type { Viewer } from '../../access/viewer.ts'
import type { Clock } from '../../clock.ts'
import { AppError } from '../../errors.ts'
import { previewWorker } from '../../places.ts'
import type { Store } from '../../store/store.ts'
import { runThread } from '../../threads.ts'
import type { NamesSource } from '../../tickets/names.ts'
import type { ConditionField } from '../../conditions/contract.ts'
import { fieldsOf } from '../../conditions/conditions.ts'
import type { PreviewRule, RuleDefinition, RulePreview } from '../contract.ts'
import { showMatches } from './preview-match.ts'
import type { PreviewJob } from './preview-run.ts'
import type { PreviewOutcome } from './preview-tally.ts'

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
      const { matched, ...counted } = await runThread<PreviewOutcome, PreviewProgress>(
        { file: previewWorker, name: 'preview', job },
        {
          signal: AbortSignal.any(ends),
          stopped: () => new AppError('CONFLICT', 'rule.preview_stopped'),
          onProgress: (progress) => Object.assign(run, progress),
        },
      )
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
