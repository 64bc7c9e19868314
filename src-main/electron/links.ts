import { resolve } from 'node:path'
import { app } from 'electron'
import type { Links } from '../ports.ts'
import { isLink, linksAmong } from './link-arguments.ts'

/** Before Electron is ready: a Mac delivers the link of this very start early. */
export function createLinks(argv: readonly string[]): Links {
  const waiting = linksAmong(argv)
  let listener: ((url: string) => void) | null = null
  const open = (url: string): void => {
    if (listener) listener(url)
    else waiting.push(url)
  }
  app.on('open-url', (event, url) => {
    event.preventDefault()
    if (isLink(url)) open(url)
  })
  app.on('second-instance', (_event, secondArgv) => linksAmong(secondArgv).forEach(open))

  // From the source folder the executable is Electron's own: it must be told what to run.
  const [, folder] = process.argv
  const command: [path?: string, args?: string[]] =
    app.isPackaged || folder === undefined ? [] : [process.execPath, [resolve(folder)]]

  return {
    claim: (scheme) => app.setAsDefaultProtocolClient(scheme, ...command),
    release: (scheme) => app.removeAsDefaultProtocolClient(scheme, ...command),
    isClaimed: (scheme) => app.isDefaultProtocolClient(scheme, ...command),
    onOpen(wanted) {
      listener = wanted
      for (const url of waiting.splice(0)) wanted(url)
    },
  }
}
