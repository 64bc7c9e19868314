import { homedir, platform } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export interface Config {
  dataDir: string
  /** 0 takes a free port. */
  port: number
  host: string
  logLevel: (typeof logLevels)[number]
  /** Where the log goes; null: stdout. */
  logFile: string | null
  /** Fill an empty store with the demonstration office. */
  demo: boolean
  /** The office's own certificate and its key, both or neither; null: the server makes its own. */
  tlsCert: string | null
  tlsKey: string | null
  /** Other machines may speak plain HTTP too. */
  allowHttp: boolean
  /** Announce the server on the local network. */
  discovery: boolean
}

/** A flag or variable that can't be used; the message names it and what it takes. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const schema = z.object({
  dataDir: z
    .string()
    .min(1, '--data-dir takes the path of a folder')
    .transform((path) => resolve(path)),
  port: z.coerce
    .number('--port takes a number from 0 to 65535')
    .int('--port takes a whole number')
    .min(0, '--port takes a number from 0 to 65535')
    .max(65_535, '--port takes a number from 0 to 65535'),
  host: z.string().min(1, '--host takes an address, such as 0.0.0.0 or 127.0.0.1'),
  logLevel: z.enum(logLevels, `--log-level takes one of ${logLevels.join(', ')}`),
  logFile: optionalFile('--log-file takes the path of a file'),
  demo: z.boolean(),
  tlsCert: optionalFile('--tls-cert takes the path of a certificate in PEM form'),
  tlsKey: optionalFile('--tls-key takes the path of a key in PEM form'),
  allowHttp: z.boolean('BALCAO_ALLOW_HTTP takes 1 or 0'),
  discovery: z.boolean('BALCAO_NO_DISCOVERY takes 1 or 0'),
})

function optionalFile(problem: string) {
  return z
    .string()
    .min(1, problem)
    .transform((path) => resolve(path))
    .nullable()
}

/** Flags win over the environment, which wins over the defaults. @throws ConfigError */
export function readConfig(argv: string[], env: NodeJS.ProcessEnv): Readonly<Config> {
  const flags = readFlags(argv)
  const parsed = schema.safeParse({
    dataDir: flags['data-dir'] ?? env['BALCAO_DATA_DIR'] ?? defaultDataDir(env),
    port: nonEmpty(flags.port ?? env['BALCAO_PORT'] ?? '4810'),
    host: flags.host ?? env['BALCAO_HOST'] ?? '0.0.0.0',
    logLevel: flags['log-level'] ?? env['BALCAO_LOG_LEVEL'] ?? 'info',
    logFile: flags['log-file'] ?? env['BALCAO_LOG_FILE'] ?? null,
    demo: flags.demo ?? false,
    tlsCert: flags['tls-cert'] ?? env['BALCAO_TLS_CERT'] ?? null,
    tlsKey: flags['tls-key'] ?? env['BALCAO_TLS_KEY'] ?? null,
    allowHttp: flags['allow-http'] ?? yesOrNo(env['BALCAO_ALLOW_HTTP']),
    discovery: flags['no-discovery'] ? false : not(yesOrNo(env['BALCAO_NO_DISCOVERY'])),
  })
  if (parsed.success && (parsed.data.tlsCert === null) !== (parsed.data.tlsKey === null))
    throw new ConfigError('--tls-cert and --tls-key go together: a certificate is of no use without its key')
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(({ message }) => message).join('; '))
  return Object.freeze(parsed.data)
}

/** What a service can be installed with. */
export const serviceFlags = {
  'data-dir': { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'log-level': { type: 'string' },
  'log-file': { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'allow-http': { type: 'boolean' },
  'no-discovery': { type: 'boolean' },
} as const
/** `start` takes one more: a service fills no demonstration office. */
const startFlags = { ...serviceFlags, demo: { type: 'boolean' } } as const

function readFlags(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: startFlags }).values
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new ConfigError(message.replaceAll(/\s*\n\s*/g, ' '))
  }
}

/** A switch in the environment; what is neither stays as it is and is refused. */
const yesOrNo = (value: string | undefined) =>
  value === undefined || value === '' || value === '0' ? false : value === '1' ? true : value
const not = (value: boolean | string) => (typeof value === 'boolean' ? !value : value)

/** `Number('')` is 0, which would silently mean "any free port". */
const nonEmpty = (value: string) => (value.trim() === '' ? 'missing' : value)

function defaultDataDir(env: NodeJS.ProcessEnv): string {
  if (platform() === 'win32') return join(env['ProgramData'] ?? 'C:\\ProgramData', 'Balcao')
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Balcao')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'balcao')
}
