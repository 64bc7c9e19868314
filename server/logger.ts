import { destination, pino, type Logger, type LoggerOptions } from 'pino'
import pretty from 'pino-pretty'
import type { Config } from './config.ts'
import { createLogOutput, type LogOutput } from './log-output.ts'

/**
 * JSON lines on stdout or in a file, or a readable form on a terminal. Headers and bodies are never logged, and what looks like a secret
 * is struck out even where somebody logs an object that has one. Whether anybody reads stdout makes no difference to the server.
 */
export function createLogger(
  level: Config['logLevel'],
  file: string | null = null,
  output: LogOutput = createLogOutput(process.stdout),
): Logger {
  const options: LoggerOptions = {
    level,
    redact: {
      paths: [
        'token',
        '*.token',
        'password',
        '*.password',
        'secret',
        '*.secret',
        'req.headers',
        '*.authorization',
      ],
      remove: true,
    },
  }
  if (file !== null) return pino(options, destination({ dest: file, mkdir: true, sync: true }))
  return process.stdout.isTTY
    ? pino(options, pretty({ ignore: 'pid,hostname', sync: true }))
    : pino(options, output)
}
