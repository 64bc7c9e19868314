import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/**
 * Where this client keeps its settings. Not Electron's default: on a Mac that differs from the server's data folder in
 * upper and lower case only, which its file system takes for the same. `BALCAO_DESKTOP_DIR` gives a second client its own.
 */
export function useOwnFolder(): string {
  const folder = process.env.BALCAO_DESKTOP_DIR ?? join(app.getPath('appData'), 'Balcao Desktop')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
  return folder
}
