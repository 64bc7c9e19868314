/** The office's server as a child of this program: started with it, started again when it falls over, ended with it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DesktopPorts, RunningServer } from '../ports.ts'
import type { SettingsFile } from '../settings/settings.ts'
import type { HostFailure, HostState, HostView } from './ipc.ts'
import { addressIn, failureOf, pauseMs } from './server-words.ts'

export interface HostDeps {
  readonly ports: Pick<DesktopPorts, 'serverProcess' | 'clock' | 'log'> & {
    readonly env: Pick<DesktopPorts['env'], 'userDataDir'>
  }
  readonly settings: Pick<SettingsFile, 'read' | 'update' | 'note'>
  readonly onState: (state: HostState) => void
}

export type Host = ReturnType<typeof createHost>

/** After so long it counts as well again, and the next fall is its first. */
const WELL_AFTER_MS = 60_000
/** To bring years of tickets up to a new release takes a minute; what takes so long is stuck. */
const START_PATIENCE_MS = 3 * 60_000

export function createHost({ ports, settings, onState }: HostDeps) {
  const dataDir = join(ports.env.userDataDir, 'server')
  let state: HostState = { step: 'off' }
  let running: RunningServer | null = null
  /** Told to stop, and still has the port and the data. */
  let ending: RunningServer | null = null
  let cancelTimer: () => void = () => undefined
  /** How often it has fallen without having been well in between. */
  let falls = 0
  const waiting = new Set<() => void>()
  /** What the latest one said last that was no announcement. */
  let complaint: string | null = null
  /** Those who wait for there to be none, not even one that ends. */
  const untilGone = new Set<() => void>()

  const enter = (next: HostState): void => {
    state = next
    onState(next)
    if (next.step === 'starting') return
    for (const settle of waiting) settle()
    waiting.clear()
  }

  const arm = (ms: number, act: () => void): void => {
    cancelTimer()
    cancelTimer = ports.clock.after(ms, act)
  }

  const fail = (reason: HostFailure, detail: string | null): void => {
    cancelTimer()
    enter({ step: 'failed', reason, detail })
  }

  /** It did run: whatever it was may pass. What can't pass is told after the first vain attempt. */
  const fallen = (reason: HostFailure, detail: string | null): void => {
    if (state.step === 'starting' && reason === 'portTaken') return fail(reason, detail)
    falls += 1
    const pause = pauseMs(falls)
    arm(pause, launch)
    enter({ step: 'waiting', retryAt: ports.clock.now() + pause })
  }

  function launch(): void {
    complaint = null
    arm(START_PATIENCE_MS, hangs)
    enter({ step: 'starting' })
    // Two on the same data would refuse each other: the end of the former goes on from here.
    if (ending) return
    try {
      running = startServer()
    } catch (error) {
      fail('crashed', String(error))
    }
  }

  /** It neither listens nor ends. */
  function hangs(): void {
    ports.log(`the server on this computer did not answer in time: ${complaint ?? 'without a word'}`)
    letGo()
    if (falls > 0) fallen('silent', complaint)
    else fail('silent', complaint)
  }

  function startServer(): RunningServer {
    const server = ports.serverProcess.start(
      { dataDir, port: settings.read().hostPort },
      {
        onLine(line) {
          const address = addressIn(line)
          if (address === null) complaint = line
          else if (running === server) {
            enter({ step: 'running', ...address })
            arm(WELL_AFTER_MS, () => (falls = 0))
          }
        },
        onExit(code) {
          if (ending === server) {
            ending = null
            if (state.step === 'starting') launch()
            tellGone()
            return
          }
          running = null
          tellGone()
          ports.log(
            `the server on this computer ended with ${String(code)}: ${complaint ?? 'without a word'}`,
          )
          if (state.step === 'running' || falls > 0) fallen(failureOf(code), complaint)
          else fail(failureOf(code), complaint)
        },
      },
    )
    return server
  }

  function letGo(): void {
    if (!running) return
    ending = running
    running = null
    ending.stop()
  }

  const end = (): void => {
    cancelTimer()
    falls = 0
    letGo()
  }

  function tellGone(): void {
    if (running !== null || ending !== null) return
    for (const settle of untilGone) settle()
    untilGone.clear()
  }

  return {
    view: (): HostView | null =>
      ports.serverProcess.isAvailable
        ? { state, port: settings.read().hostPort, dataDir, hasData: existsSync(dataDir) }
        : null,

    /** Whether colleagues would lose something. */
    isOn: () => state.step !== 'off' && state.step !== 'failed',

    /** Resolves when it answers, or can't. */
    async start(port: number | null): Promise<HostState> {
      if (!ports.serverProcess.isAvailable) return { step: 'off' }
      if (port !== null) settings.update({ hostPort: port })
      if (running === null && state.step !== 'starting') {
        cancelTimer()
        falls = 0
        launch()
      }
      if (state.step === 'starting') await new Promise<void>((resolve) => waiting.add(resolve))
      if (state.step === 'running') settings.update({ hostsServer: true })
      return state
    },

    /** With the program, when this computer is the server. The former one may be ending still, and have the data: that passes. */
    resume(): void {
      if (!settings.read().hostsServer || !ports.serverProcess.isAvailable) return
      falls = 1
      launch()
    },

    stop(): void {
      settings.note({ hostsServer: false })
      end()
      enter({ step: 'off' })
    },

    /** Before its files are replaced: resolves when no process has them open. The next start of the program starts it again. */
    async makeWay(): Promise<void> {
      end()
      if (state.step !== 'off' && state.step !== 'failed') enter({ step: 'off' })
      if (ending !== null) await new Promise<void>((resolve) => untilGone.add(resolve))
    },

    /** It runs and is of no use. */
    giveUp(detail: string): HostState {
      settings.note({ hostsServer: false })
      end()
      fail('noAnswer', detail)
      return state
    },
  }
}
