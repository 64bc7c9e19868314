import { EntitySchema } from 'typeorm'

export interface FileRow {
  id: string
  /** Hex; names the content on disk, which files that are equal share. */
  sha256: string
  name: string
  /** Bytes. */
  size: number
  type: string
  /** The agent who sent it. */
  uploadedBy: string
  /** The message that it hangs on; null until then. */
  messageId: string | null
  createdAt: number
}

export const FileEntity = new EntitySchema<FileRow>({
  name: 'file',
  columns: {
    id: { type: 'text', primary: true },
    sha256: { type: 'text' },
    name: { type: 'text' },
    size: { type: 'integer' },
    type: { type: 'text' },
    uploadedBy: { type: 'text' },
    messageId: { type: 'text', nullable: true },
    createdAt: { type: 'integer' },
  },
})
