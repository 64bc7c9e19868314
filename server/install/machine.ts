/** What this machine says of itself. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, realpathSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { platform } from 'node:os'
import { json } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import type { ServicePlatform } from './service.ts'
import { INSTALL_EXIT, InstallError } from './steps.ts'

const ANSWER_PATIENCE_MS = 3_000
const BETWEEN_QUESTIONS_MS = 500

/** Unixes without a name of their own count as Linux, and are told that they have no systemd. */
export function servicePlatform(): ServicePlatform {
  return platform() === 'win32' ? 'windows' : platform() === 'darwin' ? 'macos' : 'linux'
}

function hasRights(system: ServicePlatform): boolean {
  // `fltmc` lists drivers, for administrators only, and is on every Windows.
  return system === 'windows'
    ? spawnSync('fltmc', { stdio: 'ignore', windowsHide: true }).status === 0
    : process.getuid?.() === 0
}

/** Whatever the letters' case, where the system doesn't mind it. */
export function isRunningFrom(programDir: string, bundleDir: string): boolean {
  try {
    return realpathSync.native(programDir) === realpathSync.native(bundleDir)
  } catch {
    return false
  }
}

/** What of this machine decides whether it can be changed. */
export interface Rights {
  readonly hasSystemd: boolean
  readonly isAdministrator: boolean
}

export function rightsHere(system: ServicePlatform): Rights {
  return { hasSystemd: existsSync('/run/systemd/system'), isAdministrator: hasRights(system) }
}

/** Why nothing can be installed or removed here by whoever asks; null when it can. */
export function whyNotHere(system: ServicePlatform, rights: Rights): InstallError | null {
  if (system === 'linux' && !rights.hasSystemd)
    return new InstallError(
      INSTALL_EXIT.noManager,
      'this system has no systemd; start balcao-server by what it has',
    )
  if (!rights.isAdministrator)
    return new InstallError(
      INSTALL_EXIT.noRights,
      system === 'windows' ? 'open the prompt as administrator' : 'this takes root: put sudo in front',
    )
  return null
}

/**
 * The version of the server that answers on this computer; null when none does. `host` is what the server listens on; it speaks
 * HTTPS on all of those, with a certificate that needn't be trusted to ask how it is.
 */
export async function answers(host: string, port: number): Promise<string | null> {
  const everywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
  try {
    const asked = request({
      host: everywhere[host] ?? host,
      port,
      path: '/health',
      rejectUnauthorized: false,
      signal: AbortSignal.timeout(ANSWER_PATIENCE_MS),
    }).end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    const body = await json(answer)
    const isOurs = typeof body === 'object' && body !== null && 'name' in body && body.name === 'balcao'
    return isOurs && 'version' in body && typeof body.version === 'string' ? body.version : null
  } catch {
    return null
  }
}

/** As `answers`, until it does: a start may have a store to upgrade first. */
export async function answersWithin(limitMs: number, host: string, port: number): Promise<string | null> {
  const end = performance.now() + limitMs
  for (;;) {
    const version = await answers(host, port)
    if (version !== null || performance.now() > end) return version
    await delay(BETWEEN_QUESTIONS_MS)
  }
}
