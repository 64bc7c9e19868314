import { computed, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { RuleDefinition, RuleView } from '../../../../../server/rules/contract.ts'
import { toFailure, toUserMessage, type Failure } from '../../../../api/errors.ts'
import { newId } from '../../../../outbox/new-id.ts'
import { useDraft } from '../../../../stores/use-draft.ts'
import { useWorkspaceStore } from '../../../../stores/workspace.ts'
import type { OpenMinutes } from './delay-draft.ts'
import { rebase, ruleChanges, withParts, type RulePart } from './rule-changes.ts'
import { buildRule, type Problems, type RuleDraft } from './rule-draft.ts'
import { earlyProblems, problemsOf, standing } from './rule-fields.ts'
import type { useRules } from './use-rules.ts'

interface Kept {
  /** What the form began with. */
  base: RuleDraft
  draft: RuleDraft
  /** The version of the rule that `base` is. */
  version: number
}

export interface RuleEditorOptions {
  /** Under this name the unfinished form is kept on this PC. */
  name: string
  /** Null for a rule that is new. */
  rule: RuleView | null
  start: RuleDraft
  openMinutes: OpenMinutes
  /** Opens what somebody else saved meanwhile. */
  open: (rule: RuleView) => RuleDraft
  store: Pick<ReturnType<typeof useRules>, 'create' | 'update' | 'read'>
}

/** `id` is the rule's; `waits`: for a network, safely. */
export type SaveOutcome = { state: 'saved' | 'waits'; id: string } | { state: 'refused' }

const isEmpty = (problems: Problems) => Object.keys(problems).length === 0

/** A rule in the making: kept while it is unfinished, checked early, saved on top of what others saved in between. */
export function useRuleEditor({ name, rule, start, openMinutes, open, store }: RuleEditorOptions) {
  const { t } = useI18n()
  const workspace = useWorkspaceStore()
  const copy = <Value>(value: Value) => JSON.parse(JSON.stringify(value)) as Value
  const blank = (): Kept => ({ base: copy(start), draft: copy(start), version: rule?.version ?? 0 })
  const { content, isReady, clear } = useDraft<Kept>(name, blank)

  /** Saving or trying out was asked for: what is missing may be said aloud. */
  const tried = ref(false)
  /** What the server said of the form as it was then. */
  const refused = shallowRef<{ draft: RuleDraft; problems: Problems; name: string }>({
    draft: start,
    problems: {},
    name: '',
  })
  const message = ref('')
  const busy = ref(false)
  /** What somebody else changed while this was being edited. */
  const conflict = ref<{ taken: RulePart[]; collisions: RulePart[]; theirs: RuleDraft } | null>(null)

  const draft = computed({
    get: () => content.value.draft,
    set: (changed) => (content.value.draft = changed),
  })
  const built = computed(() => buildRule(draft.value, openMinutes))
  const changes = computed(() =>
    ruleChanges(buildRule(content.value.base, openMinutes).rule, built.value.rule),
  )
  const isDirty = computed(() => JSON.stringify(content.value.draft) !== JSON.stringify(content.value.base))

  const own = computed(() =>
    isEmpty(built.value.problems) ? earlyProblems(built.value) : built.value.problems,
  )
  const problems = computed(() => ({
    ...standing(refused.value.problems, refused.value.draft, draft.value),
    ...(tried.value ? own.value : {}),
  }))

  /** Says at the fields what is missing; answers the rule when nothing is. */
  function checked(): RuleDefinition | null {
    message.value = ''
    tried.value = true
    return isEmpty(own.value) ? built.value.rule : null
  }

  /** Shows what the server said of the rule at its fields, or above the form. */
  function refuse(error: unknown): void {
    const found = problemsOf(error, built.value)
    const { name: named } = toFailure(error).details
    refused.value = {
      draft: copy(draft.value),
      problems: found,
      name: typeof named === 'string' ? named : '',
    }
    message.value = isEmpty(found) ? toUserMessage(error, t) : ''
  }

  /** What was not saved stands in `problems`, `message` or `conflict`. */
  async function save(enabled = false): Promise<SaveOutcome> {
    const whole = checked()
    if (!whole) return { state: 'refused' }
    busy.value = true
    try {
      const id = rule?.id ?? newId()
      const isAnswered = await write(id, whole, enabled)
      await clear()
      return { state: isAnswered ? 'saved' : 'waits', id }
    } catch (error) {
      const failure = toFailure(error)
      const isMoved = rule && failure.code === 'CONFLICT' && (await moveOn(rule.id, failure))
      if (!isMoved) refuse(error)
      return { state: 'refused' }
    } finally {
      busy.value = false
    }
  }

  async function write(id: string, whole: RuleDefinition, enabled: boolean): Promise<boolean> {
    if (!rule) return store.create({ ...whole, id, enabled })
    const isChanged = Object.keys(changes.value).length > 0
    return isChanged ? store.update(id, content.value.version, changes.value) : true
  }

  /** Puts what was changed here on top of what is saved now. */
  async function moveOn(id: string, { details }: Failure): Promise<boolean> {
    const current = (details['current'] as RuleView | undefined) ?? (await store.read(id).catch(() => null))
    if (!current) return false
    const theirs = open(current)
    const rebased = rebase(content.value.base, draft.value, theirs, openMinutes)
    content.value = { base: theirs, draft: rebased.draft, version: current.version }
    conflict.value = { taken: rebased.taken, collisions: rebased.collisions, theirs }
    return true
  }

  /** Takes the other's version of a part in place of one's own. */
  function takeTheirs(part: RulePart): void {
    if (!conflict.value) return
    const { theirs, collisions, taken } = conflict.value
    draft.value = withParts(draft.value, theirs, [part])
    conflict.value = {
      theirs,
      collisions: collisions.filter((each) => each !== part),
      taken: [...taken, part],
    }
  }

  /** Remembers the form as it is; the function it answers keeps it again after it was thrown away. */
  function putBack(): () => Promise<void> {
    const kept = copy(content.value)
    return async () => (await workspace.whenOpen()).drafts.save(name, kept)
  }

  return {
    draft,
    built,
    isReady,
    isDirty,
    problems,
    /** What the refusal names, such as a variable that there isn't. */
    named: computed(() => refused.value.name),
    message,
    busy,
    conflict,
    checked,
    refuse,
    save,
    takeTheirs,
    clear,
    putBack,
  }
}
