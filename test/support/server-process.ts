import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const START_LIMIT_MS = 60_000

/** A server in a process of its own, so that its memory and its work are its own. */
export interface ServerProcess {
  /** What it ended with; null while it runs or when it was killed. */
  exitCode(): number | null
  url: string
  /** From the start of the process to its "listening" line. */
  startMs: number
  /** Resident memory in MB; null where the system doesn't tell. */
  memoryMb(): number | null
  /** Processor time that all its threads have used so far; null where the system doesn't tell. */
  cpuMs(): number | null
  /** Asks it to end, as a service manager would. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<void>
  /** Ends it between two instructions, as a power cut would. */
  kill(): Promise<void>
}

/** Starts `node args…` and waits for the JSON line on stdout that has its `url`. */
export async function startServerProcess(
  args: string[],
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const started = performance.now()
  const child = spawn(process.execPath, args, {
    // Test servers by the dozen have nothing to say to the network.
    env: { BALCAO_NO_DISCOVERY: '1', ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await listeningUrl(child)
  return {
    url,
    startMs: performance.now() - started,
    exitCode: () => child.exitCode,
    memoryMb: () => residentMb(child.pid),
    cpuMs: () => usedCpuMs(child.pid),
    stop: (signal = 'SIGTERM') => end(child, signal),
    kill: () => end(child, 'SIGKILL'),
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

function listeningUrl(child: ChildProcess): Promise<string> {
  const { stdout } = child
  if (!stdout) throw new Error('The server has no stdout.')
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`The server said nothing for ${START_LIMIT_MS / 1_000} s.`))
    }, START_LIMIT_MS)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`The server ended with ${code} before it listened.`))
    })
    createInterface({ input: stdout }).on('line', (line) => {
      const url = /"url":"([^"]+)"/.exec(line)?.[1]
      if (!url) return
      clearTimeout(timer)
      resolve(url)
    })
  })
}

function usedCpuMs(pid: number | undefined): number | null {
  try {
    const folder = `/proc/${pid}/task`
    // The first number is nanoseconds on a processor, finer than the clock ticks of `stat`.
    const used = readdirSync(folder).map((task) =>
      Number(readFileSync(`${folder}/${task}/schedstat`, 'utf8').split(' ')[0]),
    )
    return used.reduce((sum, ns) => sum + ns, 0) / 1_000_000
  } catch {
    return null
  }
}

function residentMb(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes ? Number(kilobytes) / 1_024 : null
  } catch {
    return null
  }
}
