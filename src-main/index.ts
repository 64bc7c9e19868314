import { join } from 'node:path'
import { createDesktopApp } from './desktop-app.ts'
import { createElectronPorts } from './electron/index.ts'

const ports = createElectronPorts(join(import.meta.dirname, '..'))

// Not awaited: Electron becomes ready only after this module has finished loading.
createDesktopApp(ports)
  .start()
  .catch((error: unknown) => {
    ports.log(`the client cannot start: ${String(error)}`)
    ports.lifecycle.quit()
  })
