import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { MacroView } from '../../../../../server/macros/contract.ts'
import { toFailure } from '../../../../api/errors.ts'
import { useDraft } from '../../../../stores/use-draft.ts'
import { useWorkspaceStore } from '../../../../stores/workspace.ts'
import { formProblem, noProblem } from '../../form-errors.ts'
import { incompleteActions, macroChanges, macroOf, toMacroDraft, type MacroDraft } from './macro-draft.ts'
import type { useMacros } from './use-macros.ts'

interface Kept {
  /** What the form began with. */
  base: MacroDraft
  draft: MacroDraft
  /** The version that `base` is. */
  version: number
}

export interface MacroEditorOptions {
  /** Under this name the unfinished form is kept on this PC. */
  name: string
  /** Null for one that is new. */
  macro: MacroView | null
  start: MacroDraft
  store: Pick<ReturnType<typeof useMacros>, 'create' | 'update'>
}

const FIELDS = ['name', 'folder', 'shortcut', 'body', 'teamIds', 'actions']

/** A ready answer in the making: kept while it is unfinished, and never saved over somebody else's change unseen. */
export function useMacroEditor({ name, macro, start, store }: MacroEditorOptions) {
  const { t } = useI18n()
  const workspace = useWorkspaceStore()
  const { content, isReady, clear } = useDraft<Kept>(name, () => ({
    base: structuredClone(start),
    draft: structuredClone(start),
    version: macro?.version ?? 0,
  }))

  const problem = ref(noProblem())
  const busy = ref(false)
  /** As somebody else saved it meanwhile. */
  const theirs = ref<MacroView | null>(null)
  const draft = computed({
    get: () => content.value.draft,
    set: (changed) => (content.value.draft = changed),
  })
  const changes = computed(() => macroChanges(content.value.base, draft.value))
  const isDirty = computed(() => JSON.stringify(content.value.draft) !== JSON.stringify(content.value.base))

  /** What is wrong with single actions, by their place. */
  const actionProblems = computed<Record<number, string>>(() => {
    const found = Object.entries(problem.value.fields).flatMap(([field, text]) => {
      const place = /^actions\.(\d+)/.exec(field)?.[1]
      return place === undefined ? [] : [[Number(place), text] as const]
    })
    return Object.fromEntries(found)
  })

  /** `waits`: for a network, safely. What was not saved stands in `problem` or `theirs`. */
  async function save(): Promise<'saved' | 'waits' | 'refused'> {
    const unfinished = incompleteActions(draft.value)
    if (unfinished.length > 0) {
      const fields = unfinished.map((index) => [at('actions', index), t('macros.editor.incomplete')] as const)
      problem.value = { fields: Object.fromEntries(fields), message: '' }
      return 'refused'
    }
    problem.value = noProblem()
    busy.value = true
    try {
      const answer = await write()
      await clear()
      return answer ? 'saved' : 'waits'
    } catch (error) {
      const { code, details } = toFailure(error)
      const current = details['current'] as MacroView | undefined
      if (code === 'CONFLICT' && current) theirs.value = current
      else problem.value = formProblem(error, fieldsOf(draft.value), t)
      return 'refused'
    } finally {
      busy.value = false
    }
  }

  async function write(): Promise<unknown> {
    if (!macro) return store.create(macroOf(draft.value))
    const isChanged = Object.keys(changes.value).length > 0
    return isChanged ? store.update(macro.id, content.value.version, changes.value) : macro
  }

  /** Goes on from what the other saved: with one's own changes on top, or without them. */
  function settle(whose: 'mine' | 'theirs'): void {
    const { value: current } = theirs
    if (!current) return
    const base = toMacroDraft(current)
    const mine = Object.keys(changes.value) as (keyof MacroDraft)[]
    const own = Object.fromEntries(mine.map((field) => [field, draft.value[field]]))
    content.value = {
      base,
      draft: whose === 'theirs' ? structuredClone(base) : { ...structuredClone(base), ...own },
      version: current.version,
    }
    theirs.value = null
  }

  /** Remembers the form as it is; the function it answers keeps it again after it was thrown away. */
  function putBack(): () => Promise<void> {
    const copy = JSON.parse(JSON.stringify(content.value)) as Kept
    return async () => (await workspace.whenOpen()).drafts.save(name, copy)
  }

  return { draft, isReady, isDirty, problem, actionProblems, busy, theirs, save, settle, clear, putBack }
}

const fieldsOf = ({ actions, teamIds }: MacroDraft): string[] => [
  ...FIELDS,
  ...actions.flatMap((_, index) => [at('actions', index), at('actions', index, 'value')]),
  ...teamIds.map((_, index) => at('teamIds', index)),
]

/** A field's name as the server gives it. */
const at = (...path: (string | number)[]) => path.join('.')
