import type { FileHandle } from 'node:fs/promises'
import { IsNull, LessThan } from 'typeorm'
import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { AppError, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Store } from '../store/store.ts'
import { ContentStore, type Received } from './content-store.ts'
import { MAX_FILE_SIZE, type FileView } from './contract.ts'
import { FileEntity, type FileRow } from './file.entity.ts'
import { safeFileName } from './file-name.ts'
import { sniffType } from './file-type.ts'
import { fileView } from './message-files.ts'

export const filesEntities = [FileEntity]

/** How long an upload waits for the message that it is meant for. */
const UNATTACHED_MS = 24 * 60 * 60 * 1_000

export interface FilesDeps {
  store: Store
  clock: Clock
  dataDir: string
  tickets: { mayRead(viewer: Viewer, ticketId: string): Promise<boolean> }
}

export interface Upload {
  name: string
  content: AsyncIterable<Buffer>
  /** Whether the source stopped at {@link MAX_FILE_SIZE} with more to come; asked after the content was read. */
  cutShort: () => boolean
}

/** Files that agents send: the bytes on disk, what is known of them in the store. */
export class Files {
  readonly #deps: FilesDeps
  readonly #contents: ContentStore

  constructor(deps: FilesDeps) {
    this.#deps = deps
    this.#contents = new ContentStore(deps.dataDir)
  }

  /**
   * Answers once content and row are on disk. The file is its sender's alone until a message has it.
   * @throws TOO_LARGE `files.too_large` with `limit` in bytes; UNAVAILABLE `files.disk_full`
   */
  async upload(viewer: Viewer, { name, content, cutShort }: Upload): Promise<FileView> {
    const received = await this.#contents.receive(content).catch(refuseWhenFull)
    try {
      if (cutShort())
        throw new AppError('TOO_LARGE', 'files.too_large', { details: { limit: MAX_FILE_SIZE } })
      return await this.#keep(viewer, safeFileName(name), received)
    } finally {
      await this.#contents.discard(received)
    }
  }

  /** The file's content, to be closed by the caller. @throws NOT_FOUND `files.not_found`, `files.content_missing` */
  async open(viewer: Viewer, id: string): Promise<{ file: FileRow; content: FileHandle }> {
    const file = await this.#deps.store.read.findOneBy(FileEntity, { id })
    if (!file || !(await this.#mayRead(viewer, file))) throw notFound('files')
    const content = await this.#contents.open(file.sha256)
    if (!content) throw new AppError('NOT_FOUND', 'files.content_missing')
    return { file, content }
  }

  /**
   * Forgets uploads that no message took within a day, and their contents unless another file has the same.
   * Limit: a content whose row was never written, because of a crash between the two, stays on disk until it is sent again.
   */
  async sweepUnattached(now: number): Promise<void> {
    await this.#contents.prepare()
    const { store } = this.#deps
    const forgotten = await store.write(async (tx) => {
      const stale = { messageId: IsNull(), createdAt: LessThan(now - UNATTACHED_MS) }
      const rows = await tx.db.findBy(FileEntity, stale)
      await tx.db.delete(FileEntity, stale)
      return rows
    })
    for (const sha256 of new Set(forgotten.map((row) => row.sha256)))
      await this.#contents.inTurn(async () => {
        if (!(await store.read.existsBy(FileEntity, { sha256 }))) await this.#contents.remove(sha256)
      })
  }

  async #keep(viewer: Viewer, name: string, received: Received): Promise<FileView> {
    const { store, clock } = this.#deps
    const row: FileRow = {
      id: newId(),
      sha256: received.sha256,
      name,
      size: received.size,
      type: await sniffType(received.path, name),
      uploadedBy: viewer.agentId,
      messageId: null,
      createdAt: clock.now(),
    }
    await this.#contents.inTurn(async () => {
      await this.#contents.keep(received).catch(refuseWhenFull)
      await store.write((tx) => tx.db.insert(FileEntity, row))
    })
    return fileView(row)
  }

  async #mayRead(viewer: Viewer, { messageId, uploadedBy }: FileRow): Promise<boolean> {
    if (messageId === null) return uploadedBy === viewer.agentId
    const [message] = await this.#deps.store.read.sql<{ ticketId: string }[]>`
      SELECT ticketId FROM message WHERE id = ${messageId}`
    return message !== undefined && this.#deps.tickets.mayRead(viewer, message.ticketId)
  }
}

function refuseWhenFull(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT')
    throw new AppError('UNAVAILABLE', 'files.disk_full', { cause: error })
  throw error
}
