import type { Viewer } from '../access/viewer.ts'
import { AppError } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Store } from '../store/store.ts'
import { version } from '../version.ts'
import { MAX_RELEASE_FILE, releaseFileName, type ShelfView, type UpdatePlatform } from './contract.ts'
import { Shelf } from './shelf.ts'

export interface UpdatesDeps {
  store: Store
  events: EventLog
  dataDir: string
}

export interface ReleaseFile {
  name: string
  content: AsyncIterable<Buffer>
}

/** The client's releases that this office offers to its own PCs. */
export class Updates {
  readonly #deps: UpdatesDeps
  readonly #shelf: Shelf

  constructor(deps: UpdatesDeps) {
    this.#deps = deps
    this.#shelf = new Shelf(deps.dataDir)
  }

  /** At the start: what a crash left half received is cleared away. */
  prepare(): Promise<void> {
    return this.#shelf.clearWaiting()
  }

  async shelf(): Promise<ShelfView> {
    return { folder: this.#shelf.folder, serverVersion: version, ...(await this.#shelf.stock()) }
  }

  /** See {@link Shelf.open}. */
  open(name: string): ReturnType<Shelf['open']> {
    return this.#shelf.open(name)
  }

  /**
   * Takes one file of a release; clients hear of the release once it is whole.
   * @throws VALIDATION `updates.strange_file`; TOO_LARGE `updates.too_large` with `limit` in bytes; UNAVAILABLE `files.disk_full`
   */
  async add(viewer: Viewer, { name, content }: ReleaseFile): Promise<ShelfView> {
    if (!releaseFileName.safeParse(name).success) throw new AppError('VALIDATION', 'updates.strange_file')
    await this.#shelf.put(name, limited(content)).catch(refuseWhenFull)
    return this.#changed(viewer)
  }

  async remove(viewer: Viewer, names: readonly string[]): Promise<ShelfView> {
    await this.#shelf.remove(names)
    return this.#changed(viewer)
  }

  async #changed(viewer: Viewer): Promise<ShelfView> {
    const shelf = await this.shelf()
    const offered: Partial<Record<UpdatePlatform, string>> = {}
    for (const { platform, version: offers, problem } of shelf.releases)
      if (problem === null && offers !== null) offered[platform] = offers
    await this.#deps.store.write((tx) =>
      this.#deps.events.record(tx, {
        type: 'updates.changed',
        actor: { type: 'agent', id: viewer.agentId },
        audience: null,
        data: { offered },
      }),
    )
    return shelf
  }
}

async function* limited(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of content) {
    size += chunk.length
    if (size > MAX_RELEASE_FILE)
      throw new AppError('TOO_LARGE', 'updates.too_large', { details: { limit: MAX_RELEASE_FILE } })
    yield chunk
  }
}

function refuseWhenFull(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT')
    throw new AppError('UNAVAILABLE', 'files.disk_full', { cause: error })
  throw error
}
