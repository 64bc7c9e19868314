/** What a right click offers. Electron shows nothing by itself, not even "Paste". Pictures offer nothing: they are attachments. */
import type { Language } from '../ipc/contract.ts'
import { mayOpenOutside } from '../security/policy.ts'
import type { MenuEntry } from './model.ts'
import { menuWords } from './words.ts'

/** What was clicked. */
export interface ContextTarget {
  readonly isEditable: boolean
  readonly hasSelection: boolean
  /** What the spelling checker would write instead of the word under the pointer. */
  readonly corrections: readonly string[]
  /** Where the link under the pointer leads; null when there is none. */
  readonly linkUrl: string | null
}

/** `correction` replaces the misspelt word, `copies` puts a text on the clipboard, `opens` hands an address to the system. */
export type ContextEntry =
  | MenuEntry
  | { readonly correction: string }
  | { readonly copies: string; readonly label: string }
  | { readonly opens: string; readonly label: string }

/** Nothing at all where there is nothing to copy and nowhere to paste. */
export function contextMenu(target: ContextTarget, language: Language): readonly ContextEntry[] {
  const words = menuWords[language]
  const item = (role: 'cut' | 'copy' | 'paste' | 'selectAll'): MenuEntry => ({ role, label: words[role] })
  const corrections = target.corrections.map((correction) => ({ correction }))
  const writing = target.isEditable
    ? [...(target.hasSelection ? [item('cut'), item('copy')] : []), item('paste')]
    : target.hasSelection
      ? [item('copy')]
      : []
  return inGroups([
    corrections,
    linkEntries(target.linkUrl, language),
    writing,
    target.isEditable ? [item('selectAll')] : [],
  ])
}

/** Only what may be opened outside: our own page's links are buttons in disguise, and other schemes start programs. */
function linkEntries(url: string | null, language: Language): readonly ContextEntry[] {
  if (url === null || !mayOpenOutside(url)) return []
  const words = menuWords[language]
  const { protocol, pathname } = new URL(url)
  // People want the address itself, without the scheme that their mail program would not understand.
  if (protocol === 'mailto:' || protocol === 'tel:') {
    return [{ copies: readable(pathname), label: words.copyAddress }]
  }
  return [
    { opens: url, label: words.openInBrowser },
    { copies: url, label: words.copyLink },
  ]
}

/** A customer's link may be written badly: then as it is. */
function readable(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}

function inGroups(groups: readonly (readonly ContextEntry[])[]): readonly ContextEntry[] {
  const filled = groups.filter((group) => group.length > 0)
  return filled.flatMap((group, index) => (index === 0 ? group : (['separator' as const, ...group] as const)))
}
