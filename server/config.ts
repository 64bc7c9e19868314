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
  /** Fill an empty store with the demonstration office. */
  demo: boolean
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
  demo: z.boolean(),
})

/** Flags win over the environment, which wins over the defaults. @throws ConfigError */
export function readConfig(argv: string[], env: NodeJS.ProcessEnv): Readonly<Config> {
  const flags = readFlags(argv)
  const parsed = schema.safeParse({
    dataDir: flags['data-dir'] ?? env['BALCAO_DATA_DIR'] ?? defaultDataDir(env),
    port: nonEmpty(flags.port ?? env['BALCAO_PORT'] ?? '4810'),
    host: flags.host ?? env['BALCAO_HOST'] ?? '0.0.0.0',
    logLevel: flags['log-level'] ?? env['BALCAO_LOG_LEVEL'] ?? 'info',
    demo: flags.demo ?? false,
  })
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(({ message }) => message).join('; '))
  return Object.freeze(parsed.data)
}

function readFlags(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        'log-level': { type: 'string' },
        demo: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new ConfigError(message.replaceAll(/\s*\n\s*/g, ' '))
  }
}

/** `Number('')` is 0, which would silently mean "any free port". */
const nonEmpty = (value: string) => (value.trim() === '' ? 'missing' : value)

function defaultDataDir(env: NodeJS.ProcessEnv): string {
  if (platform() === 'win32') return join(env['ProgramData'] ?? 'C:\\ProgramData', 'Balcao')
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Balcao')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'balcao')
}
