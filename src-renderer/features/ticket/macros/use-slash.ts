import type { Editor } from '@tiptap/vue-3'
import { ref, type Ref } from 'vue'
import { slashQuery } from './find-macros.ts'

/** Enough to see the slash of the longest query. */
const LOOK_BACK = 60

export interface Slash {
  /** What stands behind it. */
  query: string
  /** Its place in the document. */
  from: number
}

/** Follows the caret: whether it stands behind a slash that begins a word. */
export function useSlash(editor: Ref<Editor | undefined>) {
  const slash = ref<Slash | null>(null)
  /** Where one was waved away: it stays so until the caret has left it. */
  let dismissed: number | null = null

  function look(): void {
    const found = editor.value ? slashIn(editor.value) : null
    if (!found || found.from !== dismissed) dismissed = null
    slash.value = found && found.from !== dismissed ? found : null
  }

  function dismiss(): void {
    dismissed = slash.value?.from ?? null
    slash.value = null
  }

  /** Writes one at the caret, with a space before it where it needs one. */
  function begin(): void {
    const { value } = editor
    if (!value) return
    dismissed = null
    const { $from } = value.state.selection
    const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset)
    const text = before === '' || /\s/.test(before) ? '/' : ' /'
    value.chain().focus().insertContent({ type: 'text', text }).run()
  }

  /** Takes the slash and what stands behind it out of the text. */
  function erase(): void {
    const { value } = editor
    const found = slash.value
    if (!value || !found) return
    slash.value = null
    value
      .chain()
      .focus()
      .deleteRange({ from: found.from, to: found.from + 1 + found.query.length })
      .run()
  }

  return { slash, look, dismiss, begin, erase }
}

function slashIn({ state, isFocused }: Editor): Slash | null {
  const { empty, $from } = state.selection
  if (!empty || !isFocused || $from.parent.type.spec.code) return null
  // What is no text (a line's end) counts as one character, so that places stay true.
  const text = $from.parent.textBetween(
    Math.max(0, $from.parentOffset - LOOK_BACK),
    $from.parentOffset,
    '\n',
    '\n',
  )
  const query = slashQuery(text)
  return query === null ? null : { query, from: $from.pos - query.length - 1 }
}
