import { inject, provide, type InjectionKey } from 'vue'
import type { ConditionTree, ConditionUse, GroupKind } from '../../server/conditions/contract.ts'
import type { Step, Way } from './tree-edits.ts'

/** What every part of the editor of one tree needs, however deep it stands. */
export interface ConditionEditing {
  readonly use: ConditionUse
  problemAt: (way: Way) => string | undefined
  replace: (way: Way, branch: ConditionTree) => void
  add: (group: Way, branch: ConditionTree) => void
  remove: (way: Way) => void
  setKind: (group: Way, kind: GroupKind) => void
  canMove: (way: Way, step: Step) => boolean
  move: (way: Way, step: Step) => void
}

const KEY: InjectionKey<ConditionEditing> = Symbol('condition editor')

export const provideEditing = (editing: ConditionEditing): void => provide(KEY, editing)

export function useEditing(): ConditionEditing {
  const editing = inject(KEY)
  if (!editing) throw new Error('Conditions are edited inside a ConditionTreeEditor.')
  return editing
}
