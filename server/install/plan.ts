/** Installing and uninstalling, for whichever system: pure, so that each can be looked at on any other. */
import { posix, win32 } from 'node:path'
import { installOnLinux, uninstallOnLinux } from './plan-linux.ts'
import { installOnMac, uninstallOnMac } from './plan-macos.ts'
import { installOnWindows, uninstallOnWindows } from './plan-windows.ts'
import type { InstallRecord } from './record.ts'
import { LINUX_STATE, RECORD, type Service, type ServicePlatform } from './service.ts'
import { INSTALL_EXIT, InstallError, type Step } from './steps.ts'
import { windowsLog } from './windows-task.ts'

export interface InstallPlan {
  readonly platform: ServicePlatform
  readonly service: Service
  /** The bundle to install: the one that runs this very command. */
  readonly bundleDir: string
  readonly record: InstallRecord
}

/** @throws InstallError for what the system can't do. */
export function planInstall({ platform, service, bundleDir, record }: InstallPlan): Step[] {
  const { join } = platform === 'windows' ? win32 : posix
  const programSteps: Step[] = [
    ...(bundleDir === service.programDir
      ? []
      : [{ do: 'program', from: bundleDir, to: service.programDir } as const]),
    {
      do: 'write',
      path: join(service.programDir, RECORD),
      content: `${JSON.stringify(record, null, 2)}\n`,
    },
  ]
  switch (platform) {
    case 'linux':
      if (service.user === null && service.dataDir !== LINUX_STATE)
        throw new InstallError(
          INSTALL_EXIT.badFlag,
          `a data folder other than ${LINUX_STATE} takes --user too: the account that it belongs to`,
        )
      refuseLogElsewhere(service)
      return installOnLinux(service, programSteps)
    case 'macos': {
      const { user } = service
      if (user === null)
        throw new InstallError(INSTALL_EXIT.badFlag, '--user takes the account that the server runs as')
      return installOnMac({ ...service, user }, programSteps)
    }
    case 'windows':
      if (service.user !== null)
        throw new InstallError(
          INSTALL_EXIT.badFlag,
          '--user is for Linux and macOS: Windows has Local Service',
        )
      return installOnWindows(withLog(service), programSteps)
  }
}

export function planUninstall(platform: ServicePlatform, service: Service, purge: boolean): Step[] {
  const plan = { linux: uninstallOnLinux, macos: uninstallOnMac, windows: uninstallOnWindows }[platform]
  return plan(service, purge)
}

/** All else is read-only to the service, and it would not start. */
function refuseLogElsewhere({ flags, dataDir }: Service): void {
  const file = flags[flags.indexOf('--log-file') + 1]
  if (flags.includes('--log-file') && file !== undefined && posix.relative(dataDir, file).startsWith('..'))
    throw new InstallError(
      INSTALL_EXIT.badFlag,
      `--log-file takes a file below ${dataDir}; without it, journalctl has the log`,
    )
}

/** A task has no stdout that anybody could read. */
function withLog(service: Service): Service {
  const has = (flag: string) => service.flags.includes(flag)
  const level = has('--log-level') ? [] : ['--log-level', 'warn']
  const file = has('--log-file') ? [] : ['--log-file', windowsLog(service)]
  return { ...service, flags: [...service.flags, ...level, ...file] }
}
