/** `install`, `uninstall` and `status`, as a person types them. */
import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { bundleDir } from '../places.ts'
import { version } from '../version.ts'
import { carryOut } from './carry-out.ts'
import { answers, answersWithin, isRunningFrom, rightsHere, servicePlatform, whyNotHere } from './machine.ts'
import { readInstallFlags, readUninstallFlags, type Staging } from './flags.ts'
import { planInstall, planUninstall } from './plan.ts'
import { flagWords, readRecord, type InstallRecord } from './record.ts'
import { placesOf, type Service, type ServicePlatform } from './service.ts'
import { LOG_DIR } from './launchd.ts'
import { UNIT } from './systemd.ts'
import { windowsLog } from './windows-task.ts'
import { describe, INSTALL_EXIT, InstallError, type Step } from './steps.ts'

/** A large store that has to be upgraded is copied first. */
const START_PATIENCE_MS = 60_000

export function install(argv: string[]): Promise<number> {
  return reporting(async () => {
    const platform = servicePlatform()
    const places = placesOf(platform, process.env)
    const flags = readInstallFlags(argv, platform)
    if (bundleDir === null)
      throw new InstallError(
        INSTALL_EXIT.noManager,
        'only the bundle can be installed: npm run package:server makes it',
      )
    const before = readRecord(under(flags, places.programDir))
    const user =
      flags.user ?? before?.user ?? (platform === 'macos' ? (process.env['SUDO_USER'] ?? null) : null)
    const record: InstallRecord = {
      version,
      dataDir: flags.dataDir ?? before?.dataDir ?? places.dataDir,
      port: flags.port ?? before?.port ?? 4810,
      user,
      flags: { ...before?.flags, ...flags.others },
    }
    const service = serviceOf(places.programDir, record)
    const from = isRunningFrom(places.programDir, bundleDir) ? places.programDir : realpathSync(bundleDir)
    const steps = planInstall({ platform, service, record, bundleDir: from })
    perform(steps, flags, platform)
    if (flags.print || flags.root !== null) return 0
    if ((await answersWithin(START_PATIENCE_MS, hostOf(record), record.port)) === null)
      throw new InstallError(
        INSTALL_EXIT.stepFailed,
        `it is installed, but doesn’t answer on port ${String(record.port)}; ${whereItComplains(platform, service)}`,
      )
    say(
      before
        ? `Balcao ${version} runs in the place of ${before.version}; a store that had to change was copied before.`
        : `Balcao ${version} is installed and starts with this computer: http://127.0.0.1:${String(record.port)}`,
    )
    return 0
  })
}

export function uninstall(argv: string[]): Promise<number> {
  return reporting(async () => {
    const platform = servicePlatform()
    const flags = readUninstallFlags(argv)
    const { programDir } = placesOf(platform, process.env)
    const record = readRecord(under(flags, programDir))
    if (!record) throw new InstallError(INSTALL_EXIT.notRunning, 'nothing is installed on this computer')
    if (bundleDir !== null && isRunningFrom(programDir, bundleDir) && platform === 'windows')
      throw new InstallError(
        INSTALL_EXIT.stepFailed,
        `Windows can't remove a program that runs: copy ${programDir} elsewhere and run uninstall from there`,
      )
    if (flags.purge && !flags.print) await confirmPurge(record.dataDir, flags)
    perform(planUninstall(platform, serviceOf(programDir, record), flags.purge), flags, platform)
    if (!flags.print && !flags.purge) say(`The data stay in ${record.dataDir}.`)
    return 0
  })
}

export function status(argv: string[]): Promise<number> {
  return reporting(async () => {
    const { root } = readUninstallFlags(argv)
    const platform = servicePlatform()
    const { programDir } = placesOf(platform, process.env)
    const record = readRecord(root === null ? programDir : join(root, programDir))
    if (!record) {
      say('Not installed.')
      return INSTALL_EXIT.notRunning
    }
    const running = await answers(hostOf(record), record.port)
    say(`Balcao ${record.version} in ${programDir}`)
    say(`data    ${record.dataDir}`)
    say(`port    ${String(record.port)}`)
    say(running === null ? 'state   does not answer' : `state   answers, version ${running}`)
    return running === null ? INSTALL_EXIT.notRunning : 0
  })
}

function serviceOf(programDir: string, { dataDir, port, user, flags }: InstallRecord): Service {
  return { programDir, dataDir, port, user, flags: flagWords(flags) }
}

function perform(steps: readonly Step[], staging: Staging, platform: ServicePlatform): void {
  if (staging.print) {
    for (const step of steps) {
      say(describe(step))
      if (step.do === 'write') say(step.content.replaceAll(/^/gm, '        ').trimEnd())
    }
    return
  }
  const why = staging.root === null ? whyNotHere(platform, rightsHere(platform)) : null
  if (why) throw why
  carryOut(steps, { root: staging.root, say })
}

function hostOf({ flags }: InstallRecord): string {
  return typeof flags['host'] === 'string' ? flags['host'] : '0.0.0.0'
}

function whereItComplains(platform: ServicePlatform, service: Service): string {
  const file = service.flags[service.flags.indexOf('--log-file') + 1]
  if (service.flags.includes('--log-file') && file !== undefined) return `${file} says why`
  if (platform === 'linux') return `journalctl -u ${UNIT} says why`
  return `${platform === 'macos' ? `${LOG_DIR}/server.log` : windowsLog(service)} says why`
}

/** Years of an office's work go: somebody has to mean it. */
async function confirmPurge(dataDir: string, flags: Staging & { readonly yes: boolean }): Promise<void> {
  const folder = under(flags, dataDir)
  if (existsSync(folder) && !existsSync(join(folder, 'balcao.db')))
    throw new InstallError(
      INSTALL_EXIT.stepFailed,
      `${folder} has no store of Balcao; look at it and remove it by hand`,
    )
  if (flags.yes) return
  if (!process.stdin.isTTY)
    throw new InstallError(INSTALL_EXIT.badFlag, '--purge asks on a terminal; without one it takes --yes too')
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await prompt.question(
    `Every ticket, file and backup in ${folder} is removed for good. Type yes: `,
  )
  prompt.close()
  if (answer.trim().toLowerCase() !== 'yes')
    throw new InstallError(INSTALL_EXIT.notRunning, 'nothing was removed')
}

const under = ({ root }: Staging, path: string): string => (root === null ? path : join(root, path))

async function reporting(work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InstallError)) throw error
    process.stderr.write(`balcao: ${error.message}\n`)
    return error.exitCode
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
