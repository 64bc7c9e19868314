/** What a service of ours is, whichever system starts it. */
import { posix, win32 } from 'node:path'

/** As people call them; `process.platform` has other names. */
export type ServicePlatform = 'linux' | 'macos' | 'windows'

export interface Service {
  /** Where the program is copied to. */
  readonly programDir: string
  readonly dataDir: string
  readonly port: number
  /** The account it runs as; null: the one that the system has for such services. */
  readonly user: string | null
  /** Further flags of `start`. */
  readonly flags: readonly string[]
}

/** What an installation is remembered by, in the program's folder: the next one keeps what it isn't told. */
export const RECORD = 'install.json'

/**
 * How Node runs the server. Its young objects are short-lived rows and answers: a small nursery keeps memory down (after 2,000
 * lists of a store of 100,000 tickets 194 MB instead of 319).
 */
export const NODE_FLAGS = ['--max-semi-space-size=4'] as const

interface Places {
  readonly programDir: string
  readonly dataDir: string
}

export function placesOf(platform: ServicePlatform, env: NodeJS.ProcessEnv): Places {
  switch (platform) {
    case 'linux':
      return { programDir: '/opt/balcao', dataDir: LINUX_STATE }
    case 'macos':
      return { programDir: '/usr/local/lib/balcao', dataDir: '/Library/Application Support/Balcao' }
    case 'windows':
      return {
        programDir: win32.join(env['ProgramFiles'] ?? 'C:\\Program Files', 'Balcao Server'),
        dataDir: win32.join(env['ProgramData'] ?? 'C:\\ProgramData', 'Balcao'),
      }
  }
}

/** The state folder that systemd makes, and gives to whichever account the service gets. */
export const LINUX_STATE = '/var/lib/balcao'

/** The program and its arguments. */
export function commandLine(platform: ServicePlatform, service: Service): [string, ...string[]] {
  const { join } = platform === 'windows' ? win32 : posix
  return [
    join(service.programDir, platform === 'windows' ? 'node.exe' : 'node'),
    ...NODE_FLAGS,
    join(service.programDir, 'balcao-server.mjs'),
    'start',
    '--data-dir',
    service.dataDir,
    '--port',
    String(service.port),
    ...service.flags,
  ]
}

/** Text for XML, in elements and in attributes. */
export function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
