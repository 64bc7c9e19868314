import { posix } from 'node:path'
import { LINUX_STATE, type Service } from './service.ts'
import type { Step } from './steps.ts'
import { systemdUnit, UNIT } from './systemd.ts'

const UNIT_FILE = `/etc/systemd/system/${UNIT}`
const LINK = '/usr/local/bin/balcao-server'

export function installOnLinux(service: Service, programSteps: readonly Step[]): Step[] {
  const { user, dataDir, programDir } = service
  const ownFolder: Step[] =
    user === null || dataDir === LINUX_STATE
      ? []
      : [
          { do: 'folder', path: dataDir, mode: 0o700 },
          { do: 'run', command: ['chown', '-R', `${user}:`, dataDir] },
        ]
  return [
    { do: 'run', command: ['systemctl', 'stop', UNIT], mayFail: true },
    ...programSteps,
    // Whoever unpacked the archive may have kept it to themselves.
    { do: 'run', command: ['chmod', '-R', 'a+rX,go-w', programDir] },
    ...ownFolder,
    { do: 'link', path: LINK, target: posix.join(programDir, 'balcao-server') },
    { do: 'write', path: UNIT_FILE, content: systemdUnit(service) },
    { do: 'run', command: ['systemctl', 'daemon-reload'] },
    { do: 'run', command: ['systemctl', 'enable', UNIT] },
    { do: 'run', command: ['systemctl', 'restart', UNIT] },
  ]
}

/** Cache and state of a service without an account of its own lie behind links, in `private`. */
export function uninstallOnLinux({ dataDir, programDir }: Service, purge: boolean): Step[] {
  const behind = (path: string) => path.replace(/^\/var\/(lib|cache)\//, '/var/$1/private/')
  const gone = [UNIT_FILE, LINK, programDir, ...withTarget('/var/cache/balcao')]
  if (purge) gone.push(...(dataDir === LINUX_STATE ? withTarget(dataDir) : [dataDir]))
  return [
    { do: 'run', command: ['systemctl', 'disable', '--now', UNIT], mayFail: true },
    ...gone.map((path): Step => ({ do: 'remove', path })),
    { do: 'run', command: ['systemctl', 'daemon-reload'] },
  ]

  function withTarget(path: string): string[] {
    return [path, behind(path)]
  }
}
