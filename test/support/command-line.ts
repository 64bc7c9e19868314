import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { serverCommand } from '../../build/server-command.ts'

/** How a run of the server's command ended. */
export interface Ending {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the server with these flags and variables until it ends by itself. */
export async function runServer(flags: string[], env: Record<string, string> = {}): Promise<Ending> {
  const child = spawn(process.execPath, [...serverCommand, ...flags], {
    env: { BALCAO_NO_DISCOVERY: '1', ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, stdout, stderr }
}
