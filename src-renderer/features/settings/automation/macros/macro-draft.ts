import type { MacroView, NewMacro } from '../../../../../server/macros/contract.ts'
import { isComplete, type DeskAction } from '../../../../actions/property-actions.ts'

/** A ready answer as its form holds it. */
export interface MacroDraft {
  name: string
  folder: string
  shortcut: string
  teamIds: string[]
  body: string
  actions: DeskAction[]
}

export type MacroContent = Omit<NewMacro, 'id'>

export const blankMacro = (folder = ''): MacroDraft => ({
  name: '',
  folder,
  shortcut: '',
  teamIds: [],
  body: '',
  actions: [],
})

export const toMacroDraft = ({ name, folder, shortcut, teamIds, body, actions }: MacroView): MacroDraft => ({
  name,
  folder,
  shortcut: shortcut ?? '',
  teamIds: [...teamIds],
  body: toEditorHtml(body),
  actions: structuredClone(actions),
})

/** What is written so far, as the server takes it. What is typed before a shortcut's first letter is only its sign. */
export const macroOf = (draft: MacroDraft): MacroContent => ({
  ...draft,
  shortcut: draft.shortcut.trim().replace(/^\//, '').toLowerCase() || null,
})

/** Places of actions for which nothing was chosen yet. */
export const incompleteActions = ({ actions }: Pick<MacroDraft, 'actions'>): number[] =>
  actions.flatMap((action, index) => (isComplete(action) ? [] : [index]))

/** Only what differs. */
export function macroChanges(before: MacroDraft, after: MacroDraft): Partial<MacroContent> {
  const old = new Map<string, unknown>(Object.entries(macroOf(before)))
  const changed = Object.entries(macroOf(after)).filter(
    ([field, value]) => JSON.stringify(old.get(field)) !== JSON.stringify(value),
  )
  return Object.fromEntries(changed)
}

/** A text that came without markup, in the editor's paragraphs; it would take its line breaks for spaces. */
function toEditorHtml(body: string): string {
  if (body === '' || /<[a-z]/i.test(body)) return body
  const escaped = body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('')
}
