import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { TagEntity, type TagRow } from './catalog.entity.ts'
import type { Noun } from './catalog-list.ts'
import type { NewTag, TagChanges, TagView } from './contract.ts'
import { foldName } from './fold-name.ts'
import { tagView } from './views.ts'

/** For tags that nobody chose a colour for; each is readable with white on it. */
const palette = [
  '#b91c1c',
  '#b45309',
  '#4d7c0f',
  '#047857',
  '#0e7490',
  '#1d4ed8',
  '#6d28d9',
  '#be185d',
] as const

export const tagsNoun: Noun<TagRow, TagView, NewTag, TagChanges> = {
  one: 'tag',
  many: 'tags',
  entity: TagEntity,
  create: newTag,
  change: (row, changes) => ({ ...row, ...changes, folded: foldName(changes.name ?? row.name) }),
  view: tagView,
  check(next, _before, after) {
    // An archived tag keeps its name: restoring it is what is meant.
    if (after.some(({ id, folded }) => id !== next.id && folded === next.folded))
      throw invalid('name', 'tags.name_taken')
  },
}

export function newTag({ name, color, public: isPublic }: NewTag): TagRow {
  const folded = foldName(name)
  return { id: newId(), name, folded, color: color ?? colorFor(folded), public: isPublic, archivedAt: null }
}

/** The same name always gets the same colour. */
function colorFor(folded: string): string {
  let sum = 0
  for (const character of folded) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  return palette[sum % palette.length] ?? palette[0]
}
