/** The bundle as one file to download. */
import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Target } from './native.ts'

/** The earliest time that a zip can tell: the same files give the same archive, whenever they are made. */
const SAME_TIME_S = 315_532_800

/** Writes `<folder>.zip` (Windows) or `<folder>.tar.gz` beside the folder, called `name` inside. Answers its path. */
export function archiveBundle(folder: string, name: string, { platform }: Target): string {
  const parent = dirname(folder)
  const archive = join(parent, `${name}.${platform === 'win32' ? 'zip' : 'tar.gz'}`)
  const files = filesBelow(folder, '')
  for (const file of files) utimesSync(join(folder, file), SAME_TIME_S, SAME_TIME_S)
  const list = `${archive}.list`
  writeFileSync(list, files.map((file) => `${basename(folder)}/${file}\n`).join(''))
  rmSync(archive, { force: true })
  // Windows 10 and macOS bring bsdtar, which also writes zip; Linux has GNU tar, and so has Git for Windows.
  const tar =
    platform === 'win32' ? join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32/tar.exe') : 'tar'
  try {
    const isBsd = execFileSync(tar, ['--version'], { encoding: 'utf8' }).startsWith('bsdtar')
    const owner = isBsd ? ['--uid', '0', '--gid', '0'] : ['--owner=0', '--group=0', '--numeric-owner']
    const rename = isBsd
      ? ['-s', `,^${basename(folder)},${name},`]
      : [`--transform=s,^${basename(folder)},${name},`]
    execFileSync(tar, ['-a', '-c', '-f', archive, ...owner, ...rename, '-C', parent, '-T', list], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
  } finally {
    rmSync(list)
  }
  return archive
}

function filesBelow(folder: string, prefix: string): string[] {
  const entries = readdirSync(join(folder, prefix), { withFileTypes: true })
  return entries
    .flatMap((entry) => {
      const path = `${prefix}${entry.name}`
      return entry.isDirectory() ? filesBelow(folder, `${path}/`) : [path]
    })
    .sort()
}
