/** Who quits the program that is the server is told first what that takes from others. */
import type { Language } from '../ipc/contract.ts'
import type { DesktopPorts } from '../ports.ts'
import type { Host } from './host.ts'
import { hostWords } from './words.ts'

export interface QuitGuardDeps {
  readonly ports: Pick<DesktopPorts, 'questions'> & {
    readonly lifecycle: Pick<DesktopPorts['lifecycle'], 'quit'>
  }
  readonly host: Pick<Host, 'isOn'>
  language(): Language
}

/** Returns whether the program may quit at once; where not, it asks, and quits by itself after a yes. */
export function createQuitGuard({ ports, host, language }: QuitGuardDeps): () => boolean {
  let isAsking = false
  let isAgreed = false
  const ask = async (): Promise<void> => {
    isAsking = true
    isAgreed = await ports.questions.ask(hostWords[language()])
    isAsking = false
    if (isAgreed) ports.lifecycle.quit()
  }
  return () => {
    if (isAgreed || !host.isOn()) {
      // A page may still refuse to close; the next wish to quit is asked anew.
      isAgreed = false
      return true
    }
    if (!isAsking) void ask()
    return false
  }
}
