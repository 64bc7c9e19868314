/** A small JSON file that is read once, checked, kept in memory, and replaced whole. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { z } from 'zod'

export interface JsonFile<T> {
  read(): T
  /** Written when it returns: a power cut leaves the old file or the new one. */
  update(changes: Partial<T>): void
  /** The same for what nobody waits for: where the disk takes nothing it holds until the program ends, or is written with the next change. */
  note(changes: Partial<T>): void
}

/** The schema gives each absent or damaged field its default; `log` is told when the file is no JSON at all. */
export function openJsonFile<T extends object>(
  path: string,
  schema: z.ZodType<T>,
  log: (line: string) => void,
): JsonFile<T> {
  let current = schema.parse(readOrEmpty(path, log))
  const write = (content: T): void => replaceFile(path, `${JSON.stringify(content, null, 2)}\n`)
  return {
    read: () => current,
    update(changes) {
      const next = { ...current, ...changes }
      write(next)
      current = next
    },
    note(changes) {
      current = { ...current, ...changes }
      try {
        write(current)
      } catch (error) {
        log(`${path} cannot be written: ${String(error)}`)
      }
    },
  }
}

function readOrEmpty(path: string, onDamage: (line: string) => void): unknown {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content
    onDamage(`${path} is not what it should be; starting from defaults`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      onDamage(`${path} cannot be read (${String(error)}); starting from defaults`)
    }
  }
  return {}
}

function replaceFile(path: string, content: string): void {
  const aside = `${path}.new`
  const file = openSync(aside, 'w', 0o600)
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(aside, path)
}
