import type { Session } from 'electron'
import type { BrowserContext } from 'playwright-core'
import { substituteOrigin, toReal } from './origins.ts'

export type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>

/** Chromium's names of what a page may be granted, with Electron's. */
const permissions = {
  'clipboard-read': 'clipboard-read',
  'clipboard-write': 'clipboard-sanitized-write',
  geolocation: 'geolocation',
  'local-network-access': 'local-network-access',
  notifications: 'notifications',
} as const

/** Lets our own page use what the main process says it may, and nothing else. */
export async function grantAsDecided(context: BrowserContext, decide: CheckHandler): Promise<void> {
  const ourPage = `${toReal(substituteOrigin)}/`
  const granted = Object.entries(permissions)
    .filter(([, electronName]) => decide(null, electronName, ourPage, { isMainFrame: true }))
    .map(([chromiumName]) => chromiumName)
  await context.grantPermissions(granted, { origin: substituteOrigin })
}
