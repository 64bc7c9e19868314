/** A program that is the adapters alone: a test asks its ports, and looks at the stand-in for what became of it. */
import { join } from 'node:path'
import { createElectronPorts } from '../../../src-main/electron/index.ts'
import type { DesktopPorts } from '../../../src-main/ports.ts'

export const ports: DesktopPorts = createElectronPorts(join(import.meta.dirname, '../../../out'))

void ports.lifecycle
  .ready()
  .then(() =>
    ports.appProtocol.serve(() =>
      Promise.resolve(
        new Response('<!doctype html><title>A page</title>', { headers: { 'content-type': 'text/html' } }),
      ),
    ),
  )
