import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, shell, type SaveDialogOptions } from 'electron'
import type { SavedFiles } from '../ports.ts'

export const savedFiles: SavedFiles = {
  async save(suggestedName, content) {
    const options: SaveDialogOptions = {
      defaultPath: join(app.getPath('downloads'), fileName(suggestedName)),
    }
    const front = BrowserWindow.getFocusedWindow()
    const { canceled, filePath } = await (front
      ? dialog.showSaveDialog(front, options)
      : dialog.showSaveDialog(options))
    if (canceled || filePath === '') return null
    await replaceFile(filePath, content)
    return filePath
  },
  reveal: (path) => shell.showItemInFolder(path),
}

/** Without what a file system would refuse or take for a folder. */
function fileName(suggested: string): string {
  // eslint-disable-next-line no-control-regex -- Windows refuses exactly these
  return suggested.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '-').slice(0, 200)
}

/** A disk that is full leaves the older file whole. */
async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  const aside = `${path}.new`
  try {
    await writeFile(aside, content, { flush: true })
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}
