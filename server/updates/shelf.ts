import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { releaseFileName, type ReleaseProblem, type ReleaseView } from './contract.ts'
import { fileNameOf, parseReleaseList, platformOfList, type ReleaseList } from './release-list.ts'

/** A name never clashes with a release's: those begin with a letter or digit. */
const WAITING = '.incoming'

interface FileOnShelf {
  name: string
  /** Bytes. */
  size: number
  mtimeMs: number
}

export interface Stock {
  releases: ReleaseView[]
  leftovers: { name: string; size: number }[]
}

/**
 * The folder of release files, which a person may also fill by hand. A release is offered only when its list and every file that
 * the list names are there, whole: a client must never begin what it can't finish.
 */
export class Shelf {
  readonly folder: string
  /** SHA-512 in base64 by name, size and time: a file of a hundred megabytes is read once. */
  readonly #hashes = new Map<string, Promise<string>>()

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'updates')
  }

  /** All that lies there, and what is wrong with it. */
  async stock(): Promise<Stock> {
    const files = await this.#files()
    const byName = new Map(files.map((file) => [file.name, file]))
    const releases: ReleaseView[] = []
    const named = new Set<string>()
    for (const { name } of files) {
      const platform = platformOfList(name)
      if (!platform) continue
      named.add(name)
      const list = parseReleaseList(await readFile(join(this.folder, name), 'utf8').catch(() => ''))
      const wanted = list?.files.map(({ url }) => fileNameOf(url)) ?? []
      for (const file of wanted) named.add(file).add(`${file}.blockmap`)
      releases.push({
        list: name,
        platform,
        version: list?.version ?? null,
        releasedAt: list?.releaseDate ? new Date(list.releaseDate).toISOString() : null,
        files: wanted.map((file) => ({ name: file, size: byName.get(file)?.size ?? 0 })),
        problem: list ? await this.#problemOf(list, byName) : { kind: 'unreadable', file: name },
      })
    }
    const leftovers = files.filter(({ name }) => !named.has(name)).map(({ name, size }) => ({ name, size }))
    return { releases, leftovers }
  }

  /** The file for a client, to be closed by the caller. Null when it isn't there, or is the list of a release that isn't whole. */
  async open(name: string): Promise<{ content: FileHandle; size: number } | null> {
    if (!releaseFileName.safeParse(name).success) return null
    if (platformOfList(name)) {
      const { releases } = await this.stock()
      if (releases.find(({ list }) => list === name)?.problem !== null) return null
    }
    const content = await open(join(this.folder, name)).catch(() => null)
    if (!content) return null
    return { content, size: (await content.stat()).size }
  }

  /** Puts a file on the shelf, whole or not at all; one of that name gives way. Throws what the source throws. */
  async put(name: string, source: AsyncIterable<Buffer>): Promise<void> {
    const waiting = join(this.folder, WAITING)
    await mkdir(waiting, { recursive: true })
    const aside = join(waiting, `${process.hrtime.bigint()}-${name}`)
    const file = await open(aside, 'wx')
    try {
      await pipeline(source, async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) await file.writeFile(chunk)
      })
      await file.sync()
      await file.close()
      await rename(aside, join(this.folder, name))
    } catch (error) {
      await file.close().catch(() => undefined)
      await rm(aside, { force: true })
      throw error
    }
  }

  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) await rm(join(this.folder, name), { force: true })
  }

  /** Clears away what a crash left half received; once per start. */
  async clearWaiting(): Promise<void> {
    await rm(join(this.folder, WAITING), { recursive: true, force: true })
  }

  async #files(): Promise<FileOnShelf[]> {
    const entries = await readdir(this.folder, { withFileTypes: true }).catch(() => [])
    const names = entries
      .filter((entry) => entry.isFile() && releaseFileName.safeParse(entry.name).success)
      .map(({ name }) => name)
      .sort()
    const stats = await Promise.all(
      names.map(async (name) => {
        const found = await stat(join(this.folder, name)).catch(() => null)
        return found && { name, size: found.size, mtimeMs: found.mtimeMs }
      }),
    )
    return stats.filter((file) => file !== null)
  }

  async #problemOf(
    { files }: ReleaseList,
    byName: ReadonlyMap<string, FileOnShelf>,
  ): Promise<ReleaseProblem | null> {
    for (const { url, sha512, size } of files) {
      const name = fileNameOf(url)
      const file = byName.get(name)
      if (!file) return { kind: 'missing', file: name }
      if ((size !== undefined && size !== file.size) || (await this.#sha512(file)) !== sha512)
        return { kind: 'damaged', file: name }
    }
    return null
  }

  #sha512({ name, size, mtimeMs }: FileOnShelf): Promise<string> {
    const key = `${name} ${size} ${mtimeMs}`
    const known = this.#hashes.get(key)
    if (known) return known
    const hash = sha512Of(join(this.folder, name))
    this.#hashes.set(key, hash)
    // Asked again, it is read again.
    hash.catch(() => this.#hashes.delete(key))
    return hash
  }
}

async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return hash.digest('base64')
}
