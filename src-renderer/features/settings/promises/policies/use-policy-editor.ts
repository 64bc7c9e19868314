import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { PolicyView } from '../../../../../server/sla/contract.ts'
import { toFailure, toUserMessage, type Failure } from '../../../../api/errors.ts'
import { useDraft } from '../../../../stores/use-draft.ts'
import { useWorkspaceStore } from '../../../../stores/workspace.ts'
import { policyChanges, rebase, withParts, type PolicyPart } from './policy-changes.ts'
import { buildPolicy, type PolicyContent, type PolicyDraft, type Problems } from './policy-draft.ts'
import { earlyProblems, problemsOf } from './policy-fields.ts'
import type { usePolicies } from './use-policies.ts'

interface Kept {
  /** What the form began with. */
  base: PolicyDraft
  draft: PolicyDraft
  /** The version of the policy that `base` is. */
  version: number
}

export interface PolicyEditorOptions {
  /** Under this name the unfinished form is kept on this PC. */
  name: string
  /** Null for a policy that is new. */
  policy: PolicyView | null
  start: PolicyDraft
  /** Opens what somebody else saved meanwhile. */
  open: (policy: PolicyView) => PolicyDraft
  store: Pick<ReturnType<typeof usePolicies>, 'create' | 'update' | 'read'>
}

/** A policy in the making: kept while it is unfinished, checked early, saved on top of what others saved in between. */
export function usePolicyEditor({ name, policy, start, open, store }: PolicyEditorOptions) {
  const { t } = useI18n()
  const workspace = useWorkspaceStore()
  const blank = (): Kept => ({
    base: structuredClone(start),
    draft: structuredClone(start),
    version: policy?.version ?? 0,
  })
  const { content, isReady, clear } = useDraft<Kept>(name, blank)

  const problems = ref<Problems>({})
  const message = ref('')
  const busy = ref(false)
  /** What somebody else changed while this was being edited. */
  const conflict = ref<{ taken: PolicyPart[]; collisions: PolicyPart[]; theirs: PolicyDraft } | null>(null)

  const draft = computed({
    get: () => content.value.draft,
    set: (changed) => (content.value.draft = changed),
  })
  const built = computed(() => buildPolicy(draft.value))
  const changes = computed(() => policyChanges(buildPolicy(content.value.base).policy, built.value.policy))
  const isDirty = computed(() => JSON.stringify(content.value.draft) !== JSON.stringify(content.value.base))

  /** `waits`: for a network, safely. What was not saved stands in `problems`, `message` or `conflict`. */
  async function save(): Promise<'saved' | 'waits' | 'refused'> {
    message.value = ''
    problems.value = built.value.problems
    if (Object.keys(problems.value).length === 0) problems.value = earlyProblems(built.value)
    if (Object.keys(problems.value).length > 0) return 'refused'
    const sent = built.value
    busy.value = true
    try {
      const isAnswered = await write(sent.policy)
      await clear()
      return isAnswered ? 'saved' : 'waits'
    } catch (error) {
      const failure = toFailure(error)
      if (policy && failure.code === 'CONFLICT' && (await moveOn(policy.id, failure))) return 'refused'
      problems.value = problemsOf(error, sent)
      if (Object.keys(problems.value).length === 0) message.value = toUserMessage(error, t)
      return 'refused'
    } finally {
      busy.value = false
    }
  }

  async function write(whole: PolicyContent): Promise<boolean> {
    if (!policy) return store.create(whole)
    const isChanged = Object.keys(changes.value).length > 0
    return isChanged ? store.update(policy.id, content.value.version, changes.value) : true
  }

  /** Puts what was changed here on top of what is saved now. */
  async function moveOn(id: string, { details }: Failure): Promise<boolean> {
    const current = (details['current'] as PolicyView | undefined) ?? (await store.read(id).catch(() => null))
    if (!current) return false
    const theirs = open(current)
    const rebased = rebase(content.value.base, draft.value, theirs)
    content.value = { base: theirs, draft: rebased.draft, version: current.version }
    conflict.value = { taken: rebased.taken, collisions: rebased.collisions, theirs }
    return true
  }

  /** Takes the other's version of a part in place of one's own. */
  function takeTheirs(part: PolicyPart): void {
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
    const copy = JSON.parse(JSON.stringify(content.value)) as Kept
    return async () => (await workspace.whenOpen()).drafts.save(name, copy)
  }

  return { draft, isReady, isDirty, problems, message, busy, conflict, save, takeTheirs, clear, putBack }
}
