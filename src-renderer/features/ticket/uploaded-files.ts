import { shallowReactive } from 'vue'
import type { FileView } from '../../../server/files/contract.ts'

export type FileName = Pick<FileView, 'id' | 'name' | 'size' | 'type'>

/** Files uploaded from this page: a reply on its way names its attachments by id only. */
const files = shallowReactive(new Map<string, FileName>())

export function rememberFile({ id, name, size, type }: FileName): void {
  files.set(id, { id, name, size, type })
}

/** Those of the files whose names are known; after a reload, those of an earlier page are not. */
export const filesKnown = (ids: readonly string[]): FileName[] => ids.flatMap((id) => files.get(id) ?? [])
