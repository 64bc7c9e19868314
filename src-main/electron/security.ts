/** Electron's security checklist, enforced on every page this program will ever open. */
import { app, session, shell, type Session, type WebContents, type WebPreferences } from 'electron'
import { mayNavigate, mayOpenOutside, mayUse } from '../security/policy.ts'

export function lockedDown(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
  }
}

export function guardEverything(): void {
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  app.on('session-created', guardPermissions)
  void app.whenReady().then(() => guardPermissions(session.defaultSession))
}

interface Navigation {
  readonly url: string
  readonly isMainFrame: boolean
  preventDefault(): void
}

function guardContents(contents: WebContents): void {
  const keepInside = (event: Navigation): void => {
    if (mayNavigate(event.url, event.isMainFrame)) return
    event.preventDefault()
    // A link in a message; a frame that loads by itself must not open the browser.
    if (event.isMainFrame) openOutside(event.url)
  }
  contents.on('will-frame-navigate', keepInside)
  contents.on('will-redirect', keepInside)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
}

function openOutside(url: string): void {
  // A computer without a mail program, say: nothing happens, and that is all.
  if (mayOpenOutside(url)) shell.openExternal(url).catch(() => undefined)
}

function guardPermissions(guarded: Session): void {
  guarded.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(mayUse(permission, details.requestingUrl))
  })
  guarded.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    mayUse(permission, requestingOrigin),
  )
}
