import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { launcher } from '../../build/server-bundle/launcher.ts'
import { carryOut } from '../../server/install/carry-out.ts'
import { readInstallFlags, readUninstallFlags } from '../../server/install/flags.ts'
import { launchdPlist } from '../../server/install/launchd.ts'
import { whyNotHere } from '../../server/install/machine.ts'
import { planInstall, planUninstall, type InstallPlan } from '../../server/install/plan.ts'
import { flagWords, readRecord, type InstallRecord } from '../../server/install/record.ts'
import { placesOf, type Service, type ServicePlatform } from '../../server/install/service.ts'
import { describe as inWords, type Step } from '../../server/install/steps.ts'
import { systemdUnit } from '../../server/install/systemd.ts'
import { windowsTask } from '../../server/install/windows-task.ts'
import { temporaryFolder } from '../support/store.ts'

function aPlan(platform: ServicePlatform, changes: Partial<InstallRecord> = {}): InstallPlan {
  const { programDir, dataDir } = placesOf(platform, {})
  const record: InstallRecord = {
    version: '1.0.0',
    dataDir,
    port: 4810,
    user: platform === 'macos' ? 'ana' : null,
    flags: {},
    ...changes,
  }
  const { flags, ...rest } = record
  const service: Service = { programDir, ...rest, flags: flagWords(flags) }
  return { platform, service, bundleDir: '/unpacked', record }
}

const runs = (steps: readonly Step[]) => steps.filter((step) => step.do === 'run').map(inWords)
const written = (steps: readonly Step[], file: RegExp): string => {
  const step = steps.find((each) => each.do === 'write' && file.test(each.path))
  return step?.do === 'write' ? step.content : ''
}
const has = (program: string) => spawnSync(program, ['--version']).status === 0

/** Each element opened is closed, in order. @throws on anything else */
function elementsOf(document: string): string[] {
  const open: string[] = []
  const seen: string[] = []
  const tags = document.replace(/^\s*<\?[^>]*\?>\s*/, '').replace(/<!DOCTYPE[^>]*>/, '')
  for (const [, closing, name = '', single] of tags.matchAll(
    /<(\/?)([A-Za-z]+)(?:\s[\w:]+="[^"<>&]*")*\s*(\/?)>/g,
  )) {
    if (closing) expect(open.pop()).toBe(name)
    else seen.push(name)
    if (!closing && !single) open.push(name)
  }
  expect(open).toEqual([])
  expect(tags.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/)
  return seen
}

describe('systemd', () => {
  const unit = (changes: Partial<Service> = {}) => systemdUnit({ ...aPlan('linux').service, ...changes })

  it.each([
    [
      'starts the bundle’s own Node',
      {},
      /^ExecStart=\/opt\/balcao\/node .*balcao-server\.mjs start --data-dir \/var\/lib\/balcao --port 4810$/m,
    ],
    ['makes an account when it has none', {}, /^DynamicUser=yes\nStateDirectory=balcao$/m],
    ['runs as the account that it is told', { user: 'suporte' }, /^User=suporte\nStateDirectory=balcao$/m],
    [
      'may write a folder of one’s own, and nothing else',
      { user: 'suporte', dataDir: '/srv/mesa um' },
      /^ReadWritePaths="\/srv\/mesa um"$/m,
    ],
    ['hides the homes', {}, /^ProtectHome=yes$/m],
    [
      'sees the home that its data are in',
      { user: 'ana', dataDir: '/home/ana/balcao' },
      /^ProtectHome=read-only$/m,
    ],
    ['has no capability', {}, /^CapabilityBoundingSet=\nAmbientCapabilities=$/m],
    ['has the one that a low port takes', { port: 443 }, /^AmbientCapabilities=CAP_NET_BIND_SERVICE$/m],
    ['comes back', {}, /^Restart=always$/m],
    ['may end calmly', {}, /^TimeoutStopSec=30$/m],
    ['gains no rights', {}, /^NoNewPrivileges=yes$/m],
    [
      'keeps what means something to systemd from meaning it',
      { flags: ['--log-file', '/a%n$b"c'] },
      /--log-file "\/a%%n\$\$b\\"c"$/m,
    ],
  ])('the service %s', (_, changes, says) => {
    expect(unit(changes)).toMatch(says)
  })

  it.skipIf(!has('systemd-analyze'))('finds nothing wrong with the unit', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'node'), '#!/bin/sh\n', { mode: 0o755 })
    const file = join(folder, 'balcao.service')
    await writeFile(file, unit({ programDir: folder }))
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
      encoding: 'utf8',
    })
    expect(stderr.split('\n').filter((line) => line.includes('balcao'))).toEqual([])
    expect(status).toBe(0)
  })
})

describe('macOS', () => {
  it('gets a daemon as a property list', () => {
    const { service } = aPlan('macos', { flags: { host: '<&>' } })
    const plist = launchdPlist({ ...service, user: 'ana' })
    expect(elementsOf(plist).slice(0, 4)).toEqual(['plist', 'dict', 'key', 'string'])
    expect(plist).toContain('<key>KeepAlive</key>\n  <true/>')
    expect(plist).toContain('<key>UserName</key>\n  <string>ana</string>')
    expect(plist).toContain('<string>--host</string><string>&lt;&amp;&gt;</string>')
  })

  it('is told which account the server runs as', () => {
    expect(() => planInstall(aPlan('macos', { user: null }))).toThrow('--user takes the account')
  })
})

describe('Windows', () => {
  it('gets a task that starts with the PC as Local Service and never ends of age', () => {
    const plan = aPlan('windows', { dataDir: 'D:\\Mesa & Cia\\' })
    const task = windowsTask(plan.service)
    const elements = elementsOf(task)
    expect(elements).toContain('BootTrigger')
    expect(task).toMatch(/<TimeTrigger>\s*<Repetition>\s*<Interval>PT1M</)
    expect(task).toContain('<MultipleInstancesPolicy>IgnoreNew<')
    expect(task).toContain('<UserId>S-1-5-19</UserId>')
    expect(task).toContain('<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>')
    expect(task).toContain('<Command>C:\\Program Files\\Balcao Server\\node.exe</Command>')
    expect(task).toContain('--data-dir &quot;D:\\Mesa &amp; Cia\\\\&quot; --port 4810')
  })

  it('opens its ports to the office’s own networks, once however often it is installed', () => {
    const commands = runs(planInstall(aPlan('windows', { port: 8080 })))
    const rules = commands.filter((command) => command.includes('netsh'))
    expect(rules.map((rule) => /(add|delete) rule/.exec(rule)?.[1])).toEqual([
      'delete',
      'delete',
      'add',
      'add',
    ])
    expect(rules[2]).toContain('protocol=TCP localport=8080 profile=private,domain')
    expect(rules[3]).toContain('protocol=UDP localport=5353')
    const quiet = runs(planInstall(aPlan('windows', { flags: { 'no-discovery': true } })))
    expect(quiet.join()).not.toContain('5353')
  })

  it('keeps the data to administrators and the service, by numbers that no language changes', () => {
    expect(runs(planInstall(aPlan('windows'))).find((command) => command.includes('icacls'))).toBe(
      'run     icacls C:\\ProgramData\\Balcao /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-19:(OI)(CI)M',
    )
  })

  it('logs to a file, for nobody sees what a task prints', () => {
    const task = written(planInstall(aPlan('windows')), /task\.xml$/)
    expect(task).toContain('--log-level warn --log-file C:\\ProgramData\\Balcao\\server.log')
  })

  it('has no account to choose', () => {
    expect(() => planInstall(aPlan('windows', { user: 'ana' }))).toThrow('--user is for Linux and macOS')
  })
})

describe('installing', () => {
  it.each(['linux', 'macos', 'windows'] as const)(
    'on %s ends what runs before the program is replaced, and starts it last',
    (platform) => {
      const steps = planInstall(aPlan(platform))
      const words = steps.map(inWords)
      const copied = words.findIndex((line) => line.startsWith('copy'))
      expect(words.slice(0, copied).join()).toMatch(/systemctl stop|bootout|\/DISABLE.*schtasks \/End/)
      expect(words.at(-1)).toMatch(/systemctl restart|bootstrap|schtasks \/Run/)
    },
  )

  it('from the program’s own folder copies nothing', () => {
    const plan = aPlan('linux')
    const steps = planInstall({ ...plan, bundleDir: plan.service.programDir })
    expect(steps.filter((step) => step.do === 'program')).toEqual([])
  })

  it('asks whose a data folder of one’s own is', () => {
    expect(() => planInstall(aPlan('linux', { dataDir: '/srv/desk' }))).toThrow('takes --user too')
    expect(runs(planInstall(aPlan('linux', { dataDir: '/srv/desk', user: 'suporte' })))).toContain(
      'run     chown -R suporte: /srv/desk',
    )
  })

  it.each(['linux', 'macos', 'windows'] as const)('is undone on %s, but for the data', (platform) => {
    const { service } = aPlan(platform)
    const kept = planUninstall(platform, service, false)
    expect(kept).toContainEqual({ do: 'remove', path: service.programDir })
    expect(kept).not.toContainEqual({ do: 'remove', path: service.dataDir })
    expect(planUninstall(platform, service, true)).toContainEqual({ do: 'remove', path: service.dataDir })
  })

  it('in a folder puts everything there, again with what is new, and takes it away', async () => {
    const root = await temporaryFolder()
    const bundle = join(await temporaryFolder(), 'bundle')
    await mkdir(join(bundle, 'native'), { recursive: true })
    await writeFile(join(bundle, 'balcao-server'), launcher('linux').text, { mode: 0o755 })
    await writeFile(join(bundle, 'old'), '')
    const plan = { ...aPlan('linux'), bundleDir: bundle }
    const lines: string[] = []
    const stage = { root, say: (line: string) => void lines.push(line) }
    carryOut(planInstall(plan), stage)
    expect(lines.join()).not.toContain('systemctl')
    expect((await stat(join(root, 'opt/balcao/balcao-server'))).mode & 0o111).toBe(0o111)
    expect(await readFile(join(root, 'etc/systemd/system/balcao.service'), 'utf8')).toBe(
      systemdUnit(plan.service),
    )
    expect(await readlink(join(root, 'usr/local/bin/balcao-server'))).toBe('/opt/balcao/balcao-server')
    expect(readRecord(join(root, 'opt/balcao'))).toEqual(plan.record)

    await writeFile(join(bundle, 'new'), '')
    spawnSync('rm', [join(bundle, 'old')])
    carryOut(planInstall(plan), stage)
    expect((await readdir(join(root, 'opt/balcao'))).sort()).toEqual([
      'balcao-server',
      'install.json',
      'native',
      'new',
    ])

    await mkdir(join(root, 'var/lib/balcao'), { recursive: true })
    carryOut(planUninstall('linux', plan.service, false), stage)
    expect(await readdir(join(root, 'opt'))).toEqual([])
    expect(existsSync(join(root, 'var/lib/balcao'))).toBe(true)
    carryOut(planUninstall('linux', plan.service, true), stage)
    expect(existsSync(join(root, 'var/lib/balcao'))).toBe(false)
  })

  it('tries again what the system isn’t ready for', async () => {
    const folder = await temporaryFolder()
    const once = `test -e ${folder}/tried || { touch ${folder}/tried; exit 5; }`
    carryOut([{ do: 'run', command: ['sh', '-c', once], tries: 2 }], { root: null, say: () => undefined })
    expect(existsSync(join(folder, 'tried'))).toBe(true)
  })

  it('keeps the log on Linux where the service may write', () => {
    const logTo = (file: string) => planInstall(aPlan('linux', { flags: { 'log-file': file } }))
    expect(() => logTo('/var/log/balcao.log')).toThrow('--log-file takes a file below /var/lib/balcao')
    expect(logTo('/var/lib/balcao/server.log')).not.toEqual([])
  })

  it.each([
    ['linux', { hasSystemd: false, isAdministrator: true }, 6, 'no systemd'],
    ['linux', { hasSystemd: true, isAdministrator: false }, 5, 'put sudo in front'],
    ['macos', { hasSystemd: false, isAdministrator: false }, 5, 'put sudo in front'],
    ['windows', { hasSystemd: false, isAdministrator: false }, 5, 'as administrator'],
  ] as const)('on %s with %j is refused with %i', (platform, rights, exitCode, says) => {
    expect(whyNotHere(platform, rights)).toMatchObject({ exitCode, message: expect.stringContaining(says) })
    expect(whyNotHere(platform, { hasSystemd: true, isAdministrator: true })).toBeNull()
  })

  it('names the step that failed', async () => {
    const steps: Step[] = [{ do: 'run', command: ['sh', '-c', 'echo no room >&2; exit 3'] }]
    expect(() => carryOut(steps, { root: null, say: () => undefined })).toThrow(/^run sh -c .*: no room$/)
  })
})

describe('flags', () => {
  it.each([
    [['--port', '0'], 'not 0'],
    [['--port', 'x'], '--port takes a number'],
    [['--demo'], '--demo'],
    [['--user', 'a b'], '--user takes the name of an account'],
    [['--tls-cert', '/a.pem'], 'go together'],
    [['extra'], 'extra'],
  ])('of install that make no sense are told: %j', (argv, says) => {
    expect(() => readInstallFlags(argv, 'linux')).toThrow(says)
  })

  it('are those of start, and files keep their place wherever the service starts', () => {
    const argv = ['--port', '8080', '--allow-http', '--log-file', 'x.log']
    expect(readInstallFlags(argv, 'linux')).toMatchObject({
      port: 8080,
      dataDir: null,
      others: { 'allow-http': true, 'log-file': join(process.cwd(), 'x.log') },
    })
  })

  it('let data go only when that was meant', () => {
    expect(() => readUninstallFlags(['--yes'])).toThrow('--yes goes with --purge')
  })
})

describe('the launcher', () => {
  it('is shell that a shell understands', async () => {
    const file = join(await temporaryFolder(), 'balcao-server')
    await writeFile(file, launcher('linux').text)
    expect(spawnSync('sh', ['-n', file]).status).toBe(0)
    if (has('shellcheck')) expect(spawnSync('shellcheck', [file], { encoding: 'utf8' }).stdout).toBe('')
  })

  it('of Windows has the line ends that Windows reads', () => {
    const { name, text } = launcher('win32')
    expect(name).toBe('balcao-server.cmd')
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  })
})
