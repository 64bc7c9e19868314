/** Softphones of this computer tell of calls; what they tell is the signed-in person's own call. */
import { randomBytes } from 'node:crypto'
import type { OwnCallReport } from '../../server/phone/contract.ts'
import { TokenBuckets } from '../../server/phone/token-bucket.ts'
import type { Language } from '../ipc/contract.ts'
import type { DesktopPorts } from '../ports.ts'
import type { SettingsFile } from '../settings/settings.ts'
import { listenForPhones, type HookListener } from './hook-listener.ts'
import { localWords } from './hook-words.ts'
import type { PhoneHookChanges, PhoneHookStep, PhoneHookView } from './ipc.ts'
import { isKey, keyIn, reportIn, type Knock, type Refused } from './knock.ts'

export interface PhoneHookDeps {
  readonly ports: Pick<DesktopPorts, 'clock' | 'log'>
  readonly settings: Pick<SettingsFile, 'read' | 'update'>
  language(): Language
  /** Takes it, to be sent now or when the office is back; false: nobody is signed in. */
  report(report: OwnCallReport): boolean
}

export interface PhoneHook {
  view(): PhoneHookView
  /** With the program, where it was switched on. */
  resume(): void
  set(changes: PhoneHookChanges): Promise<PhoneHookView>
  renew(): PhoneHookView
  stop(): void
}

/** One person's phone: several lines that ring, and are put through, at once. */
const EVENTS_AT_ONCE = 60
const EVENTS_PER_SECOND = 5
/** Programs of this computer that try keys. */
const TRIES_AT_ONCE = 20
const TRIES_PER_SECOND = 0.2
const TRY_AGAIN_MS = 30_000
const KEY_BYTES = 24

export function createPhoneHook({ ports, settings, language, report }: PhoneHookDeps): PhoneHook {
  const events = new TokenBuckets(EVENTS_AT_ONCE, EVENTS_PER_SECOND)
  const tries = new TokenBuckets(TRIES_AT_ONCE, TRIES_PER_SECOND)
  let listener: HookListener | null = null
  let step: PhoneHookStep = 'off'
  let cancelRetry: () => void = () => undefined
  /** Grows with every change: a port may be had only when it is not wanted any more. */
  let turns = 0

  function admit(knock: Knock): Refused | null {
    const now = ports.clock.now()
    const key = settings.read().phoneKey
    const shown = keyIn(knock)
    if (shown === '') return { status: 401, problem: 'key_missing' }
    if (key === null || !isKey(shown, key))
      return tries.take('here', now)
        ? { status: 401, problem: 'key_unknown' }
        : { status: 429, problem: 'too_many' }
    return events.take('here', now) ? null : { status: 429, problem: 'too_many' }
  }

  function take(knock: Knock, body: string): Refused | null {
    return report(reportIn(knock, body)) ? null : { status: 503, problem: 'nobody_here' }
  }

  async function listen(): Promise<void> {
    turns += 1
    const turn = turns
    cancelRetry()
    listener?.close()
    listener = null
    const { hearsPhones, phonePort: port } = settings.read()
    step = 'off'
    if (!hearsPhones) return
    try {
      const words = (problem: Parameters<typeof localWords>[1], value: string): string =>
        localWords(language(), problem, value)
      const opened = await listenForPhones({ port, admit, take, words })
      if (turn !== turns) return opened.close()
      listener = opened
      step = 'listening'
    } catch (error) {
      if (turn !== turns) return
      step = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'portTaken' : 'failed'
      ports.log(`no calls are heard on port ${port}: ${String(error)}`)
      cancelRetry = ports.clock.after(TRY_AGAIN_MS, () => void listen())
    }
  }

  const view = (): PhoneHookView => {
    const { hearsPhones: on, phonePort: port, phoneKey: key } = settings.read()
    return { on, port, key, step }
  }
  const newKey = (): string => randomBytes(KEY_BYTES).toString('base64url')

  return {
    view,
    resume: () => void listen(),
    async set({ on, port }) {
      const { hearsPhones, phonePort, phoneKey } = settings.read()
      settings.update({
        hearsPhones: on ?? hearsPhones,
        phonePort: port ?? phonePort,
        phoneKey: phoneKey ?? (on ? newKey() : null),
      })
      await listen()
      return view()
    },
    renew() {
      settings.update({ phoneKey: newKey() })
      return view()
    },
    stop() {
      turns += 1
      cancelRetry()
      listener?.close()
      listener = null
    },
  }
}
