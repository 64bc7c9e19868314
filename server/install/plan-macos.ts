import { posix } from 'node:path'
import { LABEL, launchdPlist, LOG_DIR, PLIST } from './launchd.ts'
import type { Service } from './service.ts'
import type { Step } from './steps.ts'

const LINK = '/usr/local/bin/balcao-server'

export function installOnMac(
  service: Service & { readonly user: string },
  programSteps: readonly Step[],
): Step[] {
  const { user, dataDir, programDir } = service
  const owned = (path: string, mode: number): Step[] => [
    { do: 'folder', path, mode },
    { do: 'run', command: ['chown', '-R', user, path] },
  ]
  return [
    { do: 'run', command: ['launchctl', 'bootout', `system/${LABEL}`], mayFail: true },
    ...programSteps,
    { do: 'run', command: ['chmod', '-R', 'a+rX,go-w', programDir] },
    ...owned(dataDir, 0o700),
    ...owned(LOG_DIR, 0o755),
    { do: 'folder', path: posix.dirname(LINK), mode: 0o755 },
    { do: 'link', path: LINK, target: posix.join(programDir, 'balcao-server') },
    { do: 'write', path: PLIST, content: launchdPlist(service) },
    { do: 'run', command: ['launchctl', 'enable', `system/${LABEL}`] },
    // `bootout` returns before the former one has gone, and until then this fails.
    { do: 'run', command: ['launchctl', 'bootstrap', 'system', PLIST], tries: 30 },
  ]
}

export function uninstallOnMac({ dataDir, programDir }: Service, purge: boolean): Step[] {
  const gone = [PLIST, LINK, programDir, LOG_DIR, ...(purge ? [dataDir] : [])]
  return [
    { do: 'run', command: ['launchctl', 'bootout', `system/${LABEL}`], mayFail: true },
    ...gone.map((path): Step => ({ do: 'remove', path })),
  ]
}
