import { win32 } from 'node:path'
import type { Service } from './service.ts'
import type { Step } from './steps.ts'
import { LOCAL_SERVICE, TASK, windowsTask } from './windows-task.ts'

const RULES = { tcp: 'Balcao Server', mdns: 'Balcao Server (discovery)' }
/** Accounts by their numbers: their names depend on Windows' language. */
const SYSTEM = '*S-1-5-18'
const ADMINISTRATORS = '*S-1-5-32-544'

export function installOnWindows(service: Service, programSteps: readonly Step[]): Step[] {
  const { programDir, dataDir, port } = service
  const file = win32.join(programDir, 'task.xml')
  const node = win32.join(programDir, 'node.exe')
  return [
    // It would start again within the minute, with half a program. Creating it anew enables it.
    { do: 'run', command: ['schtasks', '/Change', '/TN', TASK, '/DISABLE'], mayFail: true },
    { do: 'run', command: ['schtasks', '/End', '/TN', TASK], mayFail: true },
    ...programSteps,
    { do: 'folder', path: dataDir, mode: 0o700 },
    {
      do: 'run',
      command: [
        'icacls',
        dataDir,
        '/inheritance:r',
        '/grant:r',
        `${SYSTEM}:(OI)(CI)F`,
        `${ADMINISTRATORS}:(OI)(CI)F`,
        `*${LOCAL_SERVICE}:(OI)(CI)M`,
      ],
    },
    ...closePorts(),
    openPort(RULES.tcp, node, 'TCP', port),
    ...(service.flags.includes('--no-discovery') ? [] : [openPort(RULES.mdns, node, 'UDP', 5353)]),
    { do: 'write', path: file, content: windowsTask(service), encoding: 'utf16le' },
    { do: 'run', command: ['schtasks', '/Create', '/TN', TASK, '/XML', file, '/F'] },
    { do: 'run', command: ['schtasks', '/Run', '/TN', TASK] },
  ]
}

export function uninstallOnWindows({ dataDir, programDir }: Service, purge: boolean): Step[] {
  const gone = [programDir, ...(purge ? [dataDir] : [])]
  return [
    { do: 'run', command: ['schtasks', '/Change', '/TN', TASK, '/DISABLE'], mayFail: true },
    { do: 'run', command: ['schtasks', '/End', '/TN', TASK], mayFail: true },
    { do: 'run', command: ['schtasks', '/Delete', '/TN', TASK, '/F'], mayFail: true },
    ...closePorts(),
    ...gone.map((path): Step => ({ do: 'remove', path })),
  ]
}

/** Networks that Windows takes for the office's or the home's; not a café's. */
function openPort(name: string, program: string, protocol: 'TCP' | 'UDP', port: number): Step {
  return {
    do: 'run',
    command: [
      'netsh',
      'advfirewall',
      'firewall',
      'add',
      'rule',
      `name=${name}`,
      'dir=in',
      'action=allow',
      `program=${program}`,
      `protocol=${protocol}`,
      `localport=${String(port)}`,
      'profile=private,domain',
    ],
  }
}

/** Adding a rule twice makes two. */
function closePorts(): Step[] {
  return Object.values(RULES).map((name) => ({
    do: 'run',
    command: ['netsh', 'advfirewall', 'firewall', 'delete', 'rule', `name=${name}`],
    mayFail: true,
  }))
}
