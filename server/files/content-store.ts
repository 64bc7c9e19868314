import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/** What came in and stands, whole and flushed, in the waiting room. */
export interface Received {
  path: string
  sha256: string
  /** Bytes. */
  size: number
}

/**
 * Contents of files by their SHA-256, `files/ab/ab12…`, each once however often it was sent. A content is first received
 * into a waiting room on the same disk, so that it takes its place in one step, whole or not at all.
 */
export class ContentStore {
  readonly #root: string
  readonly #waitingRoom: string
  #ready: Promise<void> | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(dataDir: string) {
    this.#root = join(dataDir, 'files')
    this.#waitingRoom = join(this.#root, 'tmp')
  }

  /** Makes the folders, and clears away what a crash left in the waiting room; once per start. */
  prepare(): Promise<void> {
    this.#ready ??= this.#makeFolders()
    return this.#ready
  }

  /** Writes to disk while hashing. Leaves nothing behind when the source fails. */
  async receive(source: AsyncIterable<Buffer>): Promise<Received> {
    await this.prepare()
    const path = join(this.#waitingRoom, randomUUID())
    const file = await open(path, 'wx')
    try {
      const hash = createHash('sha256')
      let size = 0
      for await (const chunk of source) {
        hash.update(chunk)
        size += chunk.length
        await file.writeFile(chunk)
      }
      await file.sync()
      await file.close()
      return { path, sha256: hash.digest('hex'), size }
    } catch (error) {
      await file.close()
      await this.discard({ path })
      throw error
    }
  }

  /** Puts a received content in its place, in a way that a power cut does not undo. */
  async keep({ path, sha256, size }: Received): Promise<void> {
    const folder = this.#folderOf(sha256)
    const place = join(folder, sha256)
    const there = await stat(place).catch(() => undefined)
    if (there?.size === size) {
      await this.discard({ path })
    } else {
      await mkdir(folder, { recursive: true })
      await rename(path, place)
    }
    // Flushed also when it was there already: whoever put it there may not have got so far.
    await flushFolder(folder)
    await flushFolder(this.#root)
  }

  async discard({ path }: Pick<Received, 'path'>): Promise<void> {
    await rm(path, { force: true })
  }

  async remove(sha256: string): Promise<void> {
    await rm(join(this.#folderOf(sha256), sha256), { force: true })
  }

  /** The caller closes it. Undefined when the content is not there. */
  async open(sha256: string): Promise<FileHandle | undefined> {
    return open(join(this.#folderOf(sha256), sha256)).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    })
  }

  /**
   * Runs one such piece of work at a time. Keeping a content with its row, and removing one that no row names, must not
   * interleave: the content just found to be there could be the one about to go.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  #folderOf(sha256: string): string {
    return join(this.#root, sha256.slice(0, 2))
  }

  async #makeFolders(): Promise<void> {
    await mkdir(this.#waitingRoom, { recursive: true })
    await flushFolder(join(this.#root, '..'))
    for (const name of await readdir(this.#waitingRoom))
      await rm(join(this.#waitingRoom, name), { force: true })
  }
}

/** A new name in a folder is on disk only when the folder is. Windows has no such call and needs none. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
