/** What `install` and `uninstall` are told. */
import { posix, resolve, win32 } from 'node:path'
import { parseArgs } from 'node:util'
import { ConfigError, readConfig, serviceFlags } from '../config.ts'
import type { InstallRecord } from './record.ts'
import type { ServicePlatform } from './service.ts'
import { INSTALL_EXIT, InstallError } from './steps.ts'

export interface Staging {
  readonly root: string | null
  readonly print: boolean
}

export interface InstallFlags extends Staging {
  readonly user: string | null
  readonly dataDir: string | null
  readonly port: number | null
  readonly others: InstallRecord['flags']
}

export interface UninstallFlags extends Staging {
  readonly purge: boolean
  readonly yes: boolean
}

const staging = { root: { type: 'string' }, print: { type: 'boolean' } } as const
/** A service starts elsewhere than where it was installed from. */
const files = ['log-file', 'tls-cert', 'tls-key']

/** @throws InstallError naming the flag. */
export function readInstallFlags(argv: string[], platform: ServicePlatform): InstallFlags {
  const options = { ...serviceFlags, ...staging, user: { type: 'string' } } as const
  const { root, print, user, ...told } = parsed(() => parseArgs({ args: argv, options }).values)
  const checked = parsed(() => readConfig(wordsOf(told), {}))
  if (user !== undefined && !/^[A-Za-z_][\w.-]*\$?$/.test(user))
    throw new InstallError(INSTALL_EXIT.badFlag, '--user takes the name of an account')
  const { 'data-dir': dataDir, port, ...rest } = told
  if (port === '0')
    throw new InstallError(INSTALL_EXIT.badFlag, '--port takes a port that stays the same, not 0')
  const { resolve: resolveThere } = platform === 'windows' ? win32 : posix
  const others = Object.entries(rest).map(([name, value]) => [
    name,
    files.includes(name) && typeof value === 'string' ? resolveThere(value) : value,
  ])
  return {
    root: root === undefined ? null : resolve(root),
    print: print ?? false,
    user: user ?? null,
    dataDir: dataDir === undefined ? null : checked.dataDir,
    port: port === undefined ? null : checked.port,
    others: Object.fromEntries(others) as InstallRecord['flags'],
  }
}

/** @throws InstallError naming the flag. */
export function readUninstallFlags(argv: string[]): UninstallFlags {
  const options = { ...staging, purge: { type: 'boolean' }, yes: { type: 'boolean' } } as const
  const { root, print, purge, yes } = parsed(() => parseArgs({ args: argv, options }).values)
  if (yes && !purge) throw new InstallError(INSTALL_EXIT.badFlag, '--yes goes with --purge')
  return {
    root: root === undefined ? null : resolve(root),
    print: print ?? false,
    purge: purge ?? false,
    yes: yes ?? false,
  }
}

function wordsOf(flags: Record<string, string | boolean | undefined>): string[] {
  return Object.entries(flags).flatMap(([name, value]) =>
    typeof value === 'string' ? [`--${name}`, value] : value === true ? [`--${name}`] : [],
  )
}

function parsed<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    const isOfParser = error instanceof TypeError && 'code' in error
    if (!(error instanceof ConfigError) && !isOfParser) throw error
    throw new InstallError(INSTALL_EXIT.badFlag, error.message.replaceAll(/\s*\n\s*/g, ' '))
  }
}
