import { Placeholder } from '@tiptap/extensions'
import StarterKit from '@tiptap/starter-kit'
import { useEditor } from '@tiptap/vue-3'
import { watch, type Ref } from 'vue'

export interface EditorOptions {
  html: Ref<string>
  placeholder: () => string
  /** The field's name for assistive technology. */
  label: () => string
  onSubmit: (options: { shift: boolean }) => void
  onFiles: (files: File[]) => void
  /** Out of the text, so that single keys act again. */
  onLeave: () => void
  /** Sees every key first; true takes it. */
  onKeydown?: (event: KeyboardEvent) => boolean
  /** The caret or the text around it has changed. */
  onCaret?: () => void
  /** The list that the keys of the text lead, while there is one. */
  popup?: () => { id: string; activeId: string | null } | null
}

/** A rich text field with just what an answer needs; its HTML follows `html` and the other way round. */
export function useComposerEditor({
  html,
  placeholder,
  label,
  onSubmit,
  onFiles,
  onLeave,
  onKeydown,
  onCaret,
  popup = () => null,
}: EditorOptions) {
  const editor = useEditor({
    content: html.value,
    extensions: [
      StarterKit.configure({
        heading: false,
        horizontalRule: false,
        underline: false,
        link: { openOnClick: false, autolink: true, defaultProtocol: 'https', protocols: ['mailto', 'tel'] },
      }),
      Placeholder.configure({ placeholder }),
    ],
    editorProps: {
      attributes: () => ({
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label(),
        ...led(popup()),
      }),
      handleKeyDown(_view, event) {
        if (onKeydown?.(event)) return true
        if (event.key === 'Escape') {
          onLeave()
          return true
        }
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false
        onSubmit({ shift: event.shiftKey })
        return true
      },
      handlePaste: (_view, event) => takeFiles(event.clipboardData),
      // Dropped files are taken by the whole composer; the text must not take them as well.
      handleDrop: (_view, event) => (event.dataTransfer?.files.length ?? 0) > 0,
    },
    onUpdate: ({ editor: updated }) => {
      html.value = updated.isEmpty ? '' : updated.getHTML()
    },
    // Every change of text or caret is one; by then the editor holds it.
    onTransaction: () => onCaret?.(),
    onFocus: () => onCaret?.(),
    onBlur: () => onCaret?.(),
  })

  /** Files go to the attachments; a copied table from a spreadsheet brings a picture along, but its text is what is meant. */
  function takeFiles(transfer: DataTransfer | null): boolean {
    const files = [...(transfer?.files ?? [])]
    if (files.length === 0 || transfer?.types.includes('text/html')) return false
    onFiles(files)
    return true
  }

  watch(html, (text) => {
    const { value } = editor
    if (!value) return
    const shown = value.isEmpty ? '' : value.getHTML()
    if (text !== shown) value.commands.setContent(text, { emitUpdate: false })
  })

  // The placeholder, the name and what is led are drawn with the next transaction only.
  watch([placeholder, label, () => JSON.stringify(popup())], () =>
    editor.value?.view.dispatch(editor.value.state.tr),
  )

  return editor
}

const led = (list: { id: string; activeId: string | null } | null): Record<string, string> => ({
  ...(list && { 'aria-controls': list.id }),
  ...(list?.activeId && { 'aria-activedescendant': list.activeId }),
})
