import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../tls/identity.ts'

/** Names this office's server for ever, whatever its machine, address and certificate. It says nothing by itself. */
export function serverIdIn(dataDir: string): string {
  const file = join(dataDir, 'server-id')
  const kept = readKept(file)
  if (kept && /^[0-9a-f-]{36}$/.test(kept)) return kept
  const id = randomUUID()
  mkdirSync(dataDir, { recursive: true })
  replaceFile(file, `${id}\n`, 0o644)
  return id
}

function readKept(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
