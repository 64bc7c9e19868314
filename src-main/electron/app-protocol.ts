import { protocol } from 'electron'
import { APP_SCHEME } from '../app-url.ts'
import type { AppProtocol } from '../ports.ts'

/** Gives `app://` an origin, storage and a secure context, like a web site's. Before Electron is ready, or never. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

export const appProtocol: AppProtocol = {
  serve: (answer) => protocol.handle(APP_SCHEME, (request) => answer(new URL(request.url))),
}
