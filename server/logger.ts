import { destination, pino, type Logger, type LoggerOptions } from 'pino'
import pretty from 'pino-pretty'
import type { Config } from './config.ts'

/**
 * JSON lines on stdout or in a file, or a readable form on a terminal. Headers and bodies are never logged, and what looks like a secret
 * is struck out even where somebody logs an object that has one. Once nobody reads stdout any more, pino falls silent by itself.
 */
export function createLogger(level: Config['logLevel'], file: string | null = null): Logger {
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
  return process.stdout.isTTY ? pino(options, pretty({ ignore: 'pid,hostname', sync: true })) : pino(options)
}
