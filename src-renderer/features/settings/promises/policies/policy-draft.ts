import {
  metrics,
  type Metric,
  type NewLevel,
  type NewPolicy,
  type Target,
} from '../../../../../server/sla/contract.ts'
import type { StatusClass } from '../../../../../server/catalog/contract.ts'
import type { ConditionTree } from '../../../../../server/conditions/contract.ts'
import { parseDuration } from './duration.ts'
import { inOrder, toLevel, toLevelDraft, type LevelDraft } from './ladder.ts'

/** Statuses in which a clock may wait. */
export type PausingClass = NewPolicy['pauseOn'][number]
export const pausingClasses: readonly PausingClass[] = ['waiting', 'hold']

/** What is promised for one priority, as typed; empty promises nothing. */
export type TargetDraft = Record<Metric, string>

export interface PolicyDraft {
  name: string
  /** Whether the conditions count, or every ticket is meant. */
  isForAll: boolean
  when: ConditionTree | null
  /** Round the clock, or by the calendar. */
  isAlways: boolean
  calendarId: string | null
  /** By the priority's id. */
  targets: Record<string, TargetDraft>
  pauseOn: PausingClass[]
  pauseNextResponseOn: PausingClass[]
  levels: LevelDraft[]
}

/** A policy as the editor saves it. */
export type PolicyContent = Omit<NewPolicy, 'position'>

interface PriorityName {
  id: string
  key: string | null
}

/** How the form writes durations, and which of the office's priorities a preset's key means. */
export interface DraftWords {
  write: (minutes: number) => string
  priorities: readonly PriorityName[]
}

const minutesField = {
  firstResponse: 'firstResponseMinutes',
  nextResponse: 'nextResponseMinutes',
  resolution: 'resolutionMinutes',
} as const satisfies Record<Metric, keyof Target>

export const targetOf = (target: Target, metric: Metric): number | null =>
  target[minutesField[metric]] ?? null

export const blankTarget = (): TargetDraft => ({ firstResponse: '', nextResponse: '', resolution: '' })

/** A policy that is new: every ticket, business time, the clock of the resolution waits for the customer. */
export const blankPolicy = (): PolicyDraft => ({
  name: '',
  isForAll: true,
  when: null,
  isAlways: false,
  calendarId: null,
  targets: {},
  pauseOn: ['waiting'],
  pauseNextResponseOn: [],
  levels: [],
})

type Opened = Pick<NewPolicy, 'name' | 'targets'> & {
  when?: ConditionTree | null | undefined
  calendarId?: string | null | undefined
  pauseOn?: readonly StatusClass[] | undefined
  pauseNextResponseOn?: readonly StatusClass[] | undefined
  escalations?: readonly NewLevel[] | undefined
}

/** Opens a policy, or a preset, for editing. */
export function toPolicyDraft(policy: Opened, { write, priorities }: DraftWords): PolicyDraft {
  const { name, when = null, calendarId = null, escalations = [] } = policy
  const idOf = (ref: string) => priorities.find(({ id, key }) => id === ref || key === ref)?.id ?? ref
  const typed = (minutes: number | null) => (minutes === null ? '' : write(minutes))
  return {
    name,
    isForAll: when === null,
    when,
    isAlways: calendarId === null,
    calendarId,
    targets: Object.fromEntries(
      policy.targets.map((target) => [
        idOf(target.priority),
        {
          firstResponse: typed(targetOf(target, 'firstResponse')),
          nextResponse: typed(targetOf(target, 'nextResponse')),
          resolution: typed(targetOf(target, 'resolution')),
        },
      ]),
    ),
    pauseOn: pausing(policy.pauseOn ?? ['waiting']),
    pauseNextResponseOn: pausing(policy.pauseNextResponseOn ?? []),
    levels: escalations.map((level, index) =>
      toLevelDraft(withPriorityIds(level, idOf), level.id ?? `level ${index}`, write),
    ),
  }
}

const pausing = (classes: readonly StatusClass[]): PausingClass[] =>
  pausingClasses.filter((each) => classes.includes(each))

function withPriorityIds(level: NewLevel, idOf: (ref: string) => string): NewLevel {
  const actions = level.actions?.map((action) =>
    action.do === 'setPriority' ? { ...action, value: idOf(action.value) } : action,
  )
  return actions ? { ...level, actions } : level
}

/** The longest target typed for a metric: levels are put in order by it. */
export function longestTarget(draft: Pick<PolicyDraft, 'targets'>, metric: Metric): number | null {
  const known = Object.values(draft.targets).flatMap((target) => parseDuration(target[metric]) ?? [])
  return known.length > 0 ? Math.max(...known) : null
}

/** The levels of all metrics, each metric's in the order in which they are reached. */
export const orderedLevels = (draft: Pick<PolicyDraft, 'targets' | 'levels'>): LevelDraft[] =>
  metrics.flatMap((metric) =>
    inOrder(
      draft.levels.filter((level) => level.metric === metric),
      longestTarget(draft, metric),
    ),
  )

/** What is wrong with a form, as i18n keys by field (see `policy-fields.ts`). */
export type Problems = Record<string, string>

export interface Built {
  policy: PolicyContent
  /** The priority behind each entry of `policy.targets`. */
  priorityIds: string[]
  /** The key of the level behind each entry of `policy.escalations`. */
  levelKeys: string[]
  /** What can't be put into a policy yet. */
  problems: Problems
}

/** Makes the form's content into a policy, as far as it can be read. */
export function buildPolicy(draft: PolicyDraft): Built {
  const problems: Problems = {}
  const targets = Object.entries(draft.targets).flatMap(([priority, typed]) => {
    if (metrics.every((metric) => !typed[metric].trim())) return []
    const minutes = metrics.map((metric) => {
      const read = parseDuration(typed[metric])
      if (typed[metric].trim() && !read) problems[`target:${priority}:${metric}`] = 'sla.problem.duration'
      return [minutesField[metric], read] as const
    })
    return [{ priority, ...Object.fromEntries(minutes) } as Target]
  })
  const levels = orderedLevels(draft).flatMap((level) => {
    const read = toLevel(level)
    if (!read)
      problems[`level:${level.key}:moment`] =
        level.moment === 'percent' ? 'sla.problem.percent' : 'sla.problem.duration'
    return read ? [{ key: level.key, level: read }] : []
  })
  const when = draft.isForAll ? null : draft.when
  if (!draft.isForAll && !when) problems['when'] = 'sla.problem.noCondition'
  if (!draft.isAlways && !draft.calendarId) problems['calendarId'] = 'sla.problem.noCalendar'
  if (!draft.name.trim()) problems['name'] = 'settings.problem.nameMissing'
  return {
    policy: {
      name: draft.name.trim(),
      when,
      calendarId: draft.isAlways ? null : draft.calendarId,
      targets,
      pauseOn: draft.pauseOn,
      pauseNextResponseOn: draft.pauseNextResponseOn,
      escalations: levels.map(({ level }) => level),
    },
    priorityIds: targets.map(({ priority }) => priority),
    levelKeys: levels.map(({ key }) => key),
    problems,
  }
}
