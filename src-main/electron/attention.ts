/** Asks the system whether it lets notifications through. Whatever goes wrong or takes too long is `unknown`. */
import type { DesktopPlatform } from '../ipc/contract.ts'
import type { Attention, AttentionState } from '../ports.ts'
import { linuxAttention } from './attention-linux.ts'
import { macAttention } from './attention-macos.ts'
import { windowsAttention } from './attention-windows.ts'

const PATIENCE_MS = 2_000
const systems = { linux: linuxAttention, macos: macAttention, windows: windowsAttention }

export function createAttention(platform: DesktopPlatform): Attention {
  const system = systems[platform]
  return {
    state: () => soon<AttentionState>(system.state()),
    permission: () => soon<'granted' | 'denied' | 'unknown'>(system.permission()),
  }
}

async function soon<Answer>(answer: Promise<Answer>): Promise<Answer | 'unknown'> {
  const { promise: late, resolve } = Promise.withResolvers<'unknown'>()
  const timer = setTimeout(resolve, PATIENCE_MS, 'unknown')
  return Promise.race([answer.catch(() => 'unknown' as const), late]).finally(() => clearTimeout(timer))
}
