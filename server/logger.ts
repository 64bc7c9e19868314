import { pino, type Logger } from 'pino'
import type { Config } from './config.ts'

/**
 * JSON lines on stdout, or a readable form on a terminal. Headers and bodies are never logged, and what looks like a secret
 * is struck out even where somebody logs an object that has one.
 */
export function createLogger(level: Config['logLevel']): Logger {
  return pino({
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
    ...(process.stdout.isTTY
      ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }
      : {}),
  })
}
