import { computed, onScopeDispose, ref, shallowReactive, watch, type Ref } from 'vue'
import type { Editor } from '@tiptap/vue-3'
import type { MacroApplied, MacroView } from '../../../../server/macros/contract.ts'
import type { TicketDetail } from '../../../../server/tickets/contract.ts'
import { toFailure, type Failure } from '../../../api/errors.ts'
import { useApi } from '../../../api/provide.ts'
import { useMacrosStore } from '../../../stores/macros.ts'
import { findMacros } from './find-macros.ts'
import { useSlash } from './use-slash.ts'

/** Wandering through the list shall not ask for every line. */
const SETTLE_MS = 120
const MAX_SHOWN = 50

export type Preview = MacroApplied | Failure
export const isFailure = (preview: Preview): preview is Failure => 'reason' in preview

export interface MacroPickerOptions {
  editor: Ref<Editor | undefined>
  ticket: Ref<TicketDetail>
  /** What was chosen is put to use, once the slash is out of the text. */
  onChoose: (macro: MacroView, preview: MacroApplied | null) => void
}

/** The list of ready answers over the text being written: opened by a slash, led by the keys of the text. */
export function useMacroPicker({ editor, ticket, onChoose }: MacroPickerOptions) {
  const { trpc } = useApi()
  const store = useMacrosStore()
  const { slash, look, dismiss, begin, erase } = useSlash(editor)
  /** A key or button began it, so that leaving takes the slash away too. */
  let isBegun = false

  const found = computed(() =>
    slash.value ? findMacros(store.offered, slash.value.query).slice(0, MAX_SHOWN) : [],
  )
  /** A slash that names nothing and goes on is text. */
  const isOpen = computed(
    () => slash.value !== null && (found.value.length > 0 || !/\s/.test(slash.value.query)),
  )
  const activeId = ref<string | null>(null)
  const active = computed(() => found.value.find(({ id }) => id === activeId.value) ?? null)
  watch(
    () => found.value.map(({ id }) => id),
    (ids) => {
      if (!activeId.value || !ids.includes(activeId.value)) activeId.value = ids[0] ?? null
    },
  )
  // Another query has another best answer.
  watch(
    () => slash.value?.query,
    () => (activeId.value = found.value[0]?.id ?? null),
  )

  const previews = shallowReactive(new Map<string, Preview>())
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(isOpen, (open) => {
    if (open) return
    isBegun = false
    previews.clear()
  })
  watch([active, isOpen], ([macro, open]) => {
    clearTimeout(timer)
    if (macro && open && !previews.has(macro.id)) timer = setTimeout(() => void preview(macro.id), SETTLE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))

  async function preview(macroId: string): Promise<void> {
    try {
      previews.set(macroId, await trpc.macros.apply.mutate({ macroId, ticketId: ticket.value.id }))
    } catch (error) {
      previews.set(macroId, toFailure(error))
    }
  }

  function choose(macro: MacroView): void {
    const known = previews.get(macro.id)
    erase()
    onChoose(macro, known && !isFailure(known) ? known : null)
  }

  function step(by: 1 | -1): void {
    const { length } = found.value
    const index = found.value.findIndex(({ id }) => id === activeId.value)
    activeId.value = found.value[(index + by + length) % length]?.id ?? null
  }

  function leave(): void {
    if (isBegun) erase()
    else dismiss()
  }

  /** The keys of the text while the list is open; true for those that it takes. */
  function onKeydown(event: KeyboardEvent): boolean {
    // While a word is put together (accents, other scripts) its keys are the input method's.
    if (!isOpen.value || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false
    if (event.key === 'Escape') {
      leave()
      return true
    }
    if (found.value.length === 0) return false
    if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(-1)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && active.value)
      choose(active.value)
    else return false
    return true
  }

  return {
    isOpen,
    /** Not read on this PC yet. */
    isUnknown: computed(() => store.rows === null),
    found,
    active,
    activePreview: computed(() => (active.value ? (previews.get(active.value.id) ?? null) : null)),
    activate: (id: string) => (activeId.value = id),
    choose,
    onKeydown,
    onCaret: look,
    open(): void {
      begin()
      isBegun = true
    },
  }
}
