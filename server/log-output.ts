/** The way out for the log's lines that nobody's reading can hold up. */
import type { Writable } from 'node:stream'

export interface LogOutput {
  /** One line with its break. */
  write(line: string): void
  /** Resolves when all is out, or nobody takes it within `ms`. */
  flushed(ms: number): Promise<void>
}

/** A minute of a busy office; whoever looks away for longer misses lines, and is told so. */
const KEPT_CHARACTERS = 1024 * 1024

/**
 * pino's own way out waits, with the whole process, while a pipe is full: whoever holds a server's stdout without reading it would
 * stop the office with that, and SIGTERM too. This one keeps a little, and then leaves lines out. Nobody there at all is silence.
 */
export function createLogOutput(stream: Writable, now: () => number = Date.now): LogOutput {
  let missing = 0
  stream.on('error', () => undefined)

  return {
    write(line) {
      if (stream.destroyed) return
      if (stream.writableLength > KEPT_CHARACTERS) {
        missing += 1
        return
      }
      if (missing > 0) {
        const gap = { level: 40, time: now(), missing, msg: 'lines are missing here: nobody read the output' }
        missing = 0
        stream.write(`${JSON.stringify(gap)}\n`)
      }
      stream.write(line)
    },
    async flushed(ms) {
      if (stream.destroyed || stream.writableLength === 0) return
      let timer: NodeJS.Timeout | undefined
      await Promise.race([
        // Called when all that was written before has gone out, or can't any more.
        new Promise<void>((resolve) => stream.write('', () => resolve())),
        new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))),
      ])
      clearTimeout(timer)
    },
  }
}
