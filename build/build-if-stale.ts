/** Builds main, preload and renderer into `out/` when their sources have changed since, or were never built. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { renderIcons } from './icons.ts'

const root = join(import.meta.dirname, '..')
const out = join(root, 'out')
const stamp = join(out, '.built-from')
const lock = join(out, '.building')

/** Safe to call from several processes at once: one builds, the others wait for it. */
export async function buildIfStale(): Promise<void> {
  if (await isFresh()) return
  await mkdir(out, { recursive: true })
  await holdingLock(async () => {
    const fingerprint = await sourcesFingerprint()
    if (fingerprint === (await builtFingerprint())) return
    await rm(stamp, { force: true })
    await Promise.all([build(), renderIcons(join(out, 'resources', 'icons'))])
    await writeFile(stamp, fingerprint)
  })
}

async function isFresh(): Promise<boolean> {
  return (await sourcesFingerprint()) === (await builtFingerprint())
}

async function builtFingerprint(): Promise<string | null> {
  return readFile(stamp, 'utf8').catch(() => null)
}

/** Names, sizes and times rather than contents: it is asked at every start. */
async function sourcesFingerprint(): Promise<string> {
  const folders = ['src-main', 'src-renderer', 'server'].map((folder) => join(root, folder))
  const sources = (await Promise.all(folders.map(filesBelow))).flat().filter(isBuildInput)
  const drawings = await filesBelow(join(root, 'build', 'icons'))
  const recipes = ['build/icons.ts', 'electron.vite.config.ts', 'package-lock.json'].map((file) =>
    join(root, file),
  )
  const files = [...sources, ...drawings, ...recipes].sort()
  const hash = createHash('sha256')
  for (const file of files) {
    const { size, mtimeMs } = await stat(file)
    hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** Of the server, the client is built with the contracts and a few pure files alone. */
function isBuildInput(file: string): boolean {
  const isOfServer = relative(root, file).startsWith('server')
  return (
    !isOfServer ||
    basename(file).includes('contract') ||
    ['ids.ts', 'token-bucket.ts'].includes(basename(file))
  )
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function build(): Promise<void> {
  const electronVite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const child = spawn(process.execPath, [electronVite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    // Whoever called may be writing its own stdout for a machine to read.
    stdio: ['ignore', process.stderr, process.stderr],
  })
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  )
  if (code !== 0) throw new Error('the client could not be built; what is wrong stands above')
}

async function holdingLock(work: () => Promise<void>): Promise<void> {
  for (;;) {
    const file = await open(lock, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null
      throw error
    })
    if (file) {
      await file.writeFile(String(process.pid))
      await file.close()
      break
    }
    if (await lockIsAbandoned()) await rm(lock, { force: true })
    else await delay(100)
  }
  try {
    await work()
  } finally {
    await rm(lock, { force: true })
  }
}

async function lockIsAbandoned(): Promise<boolean> {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''))
  // An empty lock was taken this instant: its owner is about to sign it.
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
