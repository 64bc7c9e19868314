import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { ServerProcess } from '../ports.ts'

/** Requests in hand get five seconds from the server itself; then it has to be stuck. */
const STOP_PATIENCE_MS = 15_000

interface Program {
  readonly node: string
  readonly script: string
}

export interface ServerPlaces {
  /** Holds what `npm run package:server` makes. */
  readonly bundleDir: string
  /** The project's folder, where there is no bundle; null in an installed program. */
  readonly sourceDir: string | null
  /** Calls when this program is over: a process that lives on would keep the channel open. Null: there is none. */
  onEnd(end: () => Promise<void> | null): void
}

/**
 * A Node of its own, never Electron's: the fuse that would let Electron run as Node is off, for it would let any program do so.
 */
export function createServerProcess(
  platform: DesktopPlatform,
  { bundleDir, sourceDir, onEnd }: ServerPlaces,
): ServerProcess {
  const executable = platform === 'windows' ? 'node.exe' : 'node'
  const programs: Program[] = [
    { node: join(bundleDir, executable), script: join(bundleDir, 'balcao-server.mjs') },
  ]
  if (sourceDir !== null)
    programs.push({
      node: join(sourceDir, 'node_modules/node/bin', executable),
      script: join(sourceDir, 'server/main.ts'),
    })
  const program = programs.find(({ node, script }) => existsSync(node) && existsSync(script))

  /** Each with what resolves when it is gone. */
  const children = new Map<ChildProcess, Promise<void>>()
  const released = new WeakSet<ChildProcess>()
  const release = (child: ChildProcess): void => {
    if (released.has(child)) return
    released.add(child)
    letGo(child)
  }
  onEnd(() => {
    for (const child of children.keys()) release(child)
    return children.size === 0 ? null : Promise.all(children.values()).then(() => undefined)
  })

  return {
    isAvailable: program !== undefined,
    start({ dataDir, port }, { onLine, onExit }) {
      if (!program) throw new Error('this program brought no server along')
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      const flags = ['--data-dir', dataDir, '--port', String(port), '--log-level', 'warn']
      const log = ['--log-file', join(dataDir, 'server.log')]
      const child = spawn(
        program.node,
        // The server's own choice, see `server/install/service.ts`.
        ['--max-semi-space-size=4', program.script, 'start', ...flags, ...log],
        // When the channel closes, whatever became of this program, the server ends calmly: Windows has no signal for that.
        { cwd: dataDir, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], windowsHide: true },
      )
      let hasEnded = false
      const end = (code: number | null): void => {
        if (hasEnded) return
        hasEnded = true
        children.delete(child)
        gone.resolve()
        onExit(code)
      }
      const gone = Promise.withResolvers<void>()
      children.set(child, gone.promise)
      for (const stream of [child.stdout, child.stderr])
        if (stream) createInterface({ input: stream }).on('line', (line) => hasEnded || onLine(line))
      child.on('error', (error) => {
        if (!hasEnded) onLine(error.message)
        // Without a number it never ran, and nothing else will say so.
        if (child.pid === undefined) end(null)
      })
      child.once('close', end)
      // Node emits no `close` once this side has closed the channel; else it comes after the last line.
      child.once('exit', (code) => {
        if (released.has(child)) end(code)
      })
      return { stop: () => release(child) }
    },
  }
}

function letGo(child: ChildProcess): void {
  if (child.connected) child.disconnect()
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS)
  timer.unref()
  child.once('exit', () => clearTimeout(timer))
}
