/** Electron's executable comes from the internet on first use; a machine may have neither. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const packageDir = dirname(createRequire(import.meta.url).resolve('electron/package.json'))

/** The executable's path, or null when it was never downloaded. Electron's own `ELECTRON_OVERRIDE_DIST_PATH` counts. */
export function findElectron(): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const pathFile = join(packageDir, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const executable = join(override ?? join(packageDir, 'dist'), name)
  return existsSync(executable) ? executable : null
}

/** As `findElectron`, downloading it first when it is missing. */
export function fetchElectron(): string | null {
  const found = findElectron()
  if (found) return found
  console.error(
    'balcao: baixando o Electron (cerca de 120 MB, só na primeira vez) · downloading Electron, once',
  )
  spawnSync(process.execPath, [join(packageDir, 'install.js')], { stdio: 'ignore' })
  return findElectron()
}
