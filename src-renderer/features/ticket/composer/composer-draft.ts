import { staged, type StagedMacro } from '../macros/staged-macros.ts'
import type { FileName } from '../uploaded-files.ts'

/** Whom a text is for: the customer, or the office alone. */
export type Mode = 'public' | 'note'

/** A text in the making, with the files it takes along. */
export interface ModeDraft {
  html: string
  files: FileName[]
  /** Ready answers that went into it; drafts kept by an older client have none. */
  macros?: StagedMacro[]
}

/**
 * What the composer keeps of a ticket. Each mode has a text of its own, so that a key pressed by mistake never turns a note into a
 * letter to the customer.
 */
export interface ComposerDraft {
  mode: Mode
  public: ModeDraft
  note: ModeDraft
  /** The newest message when the reply was begun: what came after it, its author may not have read. */
  seenMessageId: string | null
}

export const blankDraft = (): ComposerDraft => ({
  mode: 'public',
  public: { html: '', files: [] },
  note: { html: '', files: [] },
  seenMessageId: null,
})

/** TipTap's way of saying that nothing is written. */
export const isBlankHtml = (html: string): boolean => html.replace(/<[^>]*>|&nbsp;|\s/g, '') === ''

export const isBlank = ({ html, files }: ModeDraft): boolean => isBlankHtml(html) && files.length === 0

/** The draft once `mode`'s text is on its way. */
export function afterSending(draft: ComposerDraft, mode: Mode): ComposerDraft {
  const seenMessageId = mode === 'public' ? null : draft.seenMessageId
  return { ...draft, [mode]: { html: '', files: [] }, seenMessageId }
}

/** Puts a text that was refused back, behind what may have been written since. */
export function withText(draft: ComposerDraft, mode: Mode, taken: ModeDraft): ComposerDraft {
  const written = draft[mode]
  const html = isBlankHtml(written.html) ? taken.html : `${written.html}${taken.html}`
  const files = [...written.files, ...taken.files]
  const macros = (taken.macros ?? []).reduce(staged, written.macros ?? [])
  return { ...draft, mode, [mode]: { html, files, ...(macros.length > 0 ? { macros } : {}) } }
}
