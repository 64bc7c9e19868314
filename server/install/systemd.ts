import { commandLine, LINUX_STATE, type Service } from './service.ts'

export const UNIT = 'balcao.service'

/**
 * The unit of a service that may do little else than serve: `systemd-analyze security` is how to judge it. No
 * `MemoryDenyWriteExecute`: V8 compiles to memory that it then runs.
 */
export function systemdUnit(service: Service): string {
  const needsLowPort = service.port > 0 && service.port < 1024
  const capability = needsLowPort ? 'CAP_NET_BIND_SERVICE' : ''
  const isInHome = /^\/(home|root)(\/|$)/.test(service.dataDir)
  return lines([
    '[Unit]',
    'Description=Balcao help desk server',
    'After=network-online.target',
    'Wants=network-online.target',
    // However often it has ended: an address or a disk may come late.
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=exec',
    `ExecStart=${commandLine('linux', service).map(unitWord).join(' ')}`,
    'Restart=always',
    'RestartSec=2',
    // A wrong flag, a store that can't be used: starting again changes nothing, and would bury the reason in the log.
    'RestartPreventExitStatus=2 3',
    // Requests in hand get five seconds, then the log is folded into the database.
    'TimeoutStopSec=30',
    'KillSignal=SIGTERM',
    ...account(service),
    'CacheDirectory=balcao',
    // Node keeps the compiled program there, which halves the next start.
    'Environment=NODE_ENV=production NODE_COMPILE_CACHE=/var/cache/balcao',
    'UMask=0077',
    'NoNewPrivileges=yes',
    `CapabilityBoundingSet=${capability}`,
    `AmbientCapabilities=${capability}`,
    'ProtectSystem=strict',
    `ProtectHome=${isInHome ? 'read-only' : 'yes'}`,
    'PrivateTmp=yes',
    'PrivateDevices=yes',
    'ProtectClock=yes',
    'ProtectControlGroups=yes',
    'ProtectHostname=yes',
    'ProtectKernelLogs=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelTunables=yes',
    'ProtectProc=invisible',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
    'RestrictNamespaces=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'LockPersonality=yes',
    'RemoveIPC=yes',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallErrorNumber=EPERM',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ])
}

/** Without an account of the owner's own, systemd makes one that exists while the service runs. */
function account({ user, dataDir }: Service): string[] {
  if (user === null) return ['DynamicUser=yes', 'StateDirectory=balcao', 'StateDirectoryMode=0700']
  return dataDir === LINUX_STATE
    ? [`User=${user}`, 'StateDirectory=balcao', 'StateDirectoryMode=0700']
    : [`User=${user}`, `ReadWritePaths=${unitWord(dataDir)}`]
}

/** A word of a unit file: `%` and `$` mean something there, as do quotes and backslashes. */
function unitWord(word: string): string {
  const escaped = word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('%', '%%')
    .replaceAll('$', '$$$$')
  return /[\s"'\\;]/.test(word) ? `"${escaped}"` : escaped
}

const lines = (parts: readonly string[]) => `${parts.join('\n')}\n`
