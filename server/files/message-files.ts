import { In } from 'typeorm'
import type { Viewer } from '../access/viewer.ts'
import { invalid } from '../errors.ts'
import type { Db, Tx } from '../store/store.ts'
import type { FileView } from './contract.ts'
import { FileEntity, type FileRow } from './file.entity.ts'

/**
 * Hangs uploaded files on a message, for good.
 * @throws VALIDATION at `attachments`: `files.not_found` (also for a colleague's upload) or `files.already_attached`.
 */
export async function attachFiles(
  tx: Tx,
  fileIds: readonly string[],
  messageId: string,
  viewer: Viewer,
): Promise<void> {
  const ids = [...new Set(fileIds)]
  if (ids.length === 0) return
  const files = await tx.db.find(FileEntity, { where: { id: In(ids), uploadedBy: viewer.agentId } })
  if (files.length !== ids.length) throw invalid('attachments', 'files.not_found')
  if (files.some((file) => file.messageId !== null && file.messageId !== messageId))
    throw invalid('attachments', 'files.already_attached')
  await tx.db.update(FileEntity, { id: In(ids) }, { messageId })
}

/** The files of each message that has any, as they were uploaded. */
export async function filesOfMessages(
  db: Db,
  messageIds: readonly string[],
): Promise<Map<string, FileView[]>> {
  const files = new Map<string, FileView[]>()
  if (messageIds.length === 0) return files
  const rows = await db.find(FileEntity, { where: { messageId: In([...messageIds]) }, order: { id: 'ASC' } })
  for (const row of rows)
    if (row.messageId !== null) files.set(row.messageId, [...(files.get(row.messageId) ?? []), fileView(row)])
  return files
}

export const fileView = ({ id, name, size, type, sha256 }: FileRow): FileView => ({
  id,
  name,
  size,
  type,
  sha256,
})
