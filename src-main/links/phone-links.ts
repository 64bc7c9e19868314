/** Whether telephone links of other programs, such as a web page's, are opened with this one. */
import type { DesktopPorts } from '../ports.ts'
import { PHONE_SCHEMES } from './parse.ts'

export interface PhoneLinks {
  /** As the system has it now; null where it can't be had. */
  areOurs(): boolean | null
  /** Asks the system, which may refuse: {@link areOurs} tells. */
  take(on: boolean): void
}

/** From the source folder the system would remember an Electron that is gone tomorrow. */
export function createPhoneLinks({
  env,
  links,
  log,
}: Pick<DesktopPorts, 'env' | 'links' | 'log'>): PhoneLinks {
  return {
    areOurs: () => (env.isInstalled ? PHONE_SCHEMES.some((scheme) => links.isClaimed(scheme)) : null),
    take(on) {
      if (!env.isInstalled) return
      for (const scheme of PHONE_SCHEMES) {
        const isDone = on ? links.claim(scheme) : links.release(scheme)
        if (!isDone) log(`the system did not ${on ? 'hand over' : 'take back'} ${scheme}: links`)
      }
    },
  }
}
