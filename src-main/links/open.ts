/** Goes where an address of our scheme points to. */
import type { DesktopPorts } from '../ports.ts'
import type { AppWindows } from '../windows/windows.ts'
import { LINK_SCHEME, parseLink, type LinkTarget } from './parse.ts'

export function openLinks(
  ports: Pick<DesktopPorts, 'env' | 'links' | 'log'>,
  windows: Pick<AppWindows, 'openMain' | 'openCapture'>,
): void {
  // From the source folder the system would remember an Electron that is gone tomorrow.
  if (ports.env.isInstalled && !ports.links.claim(LINK_SCHEME)) {
    ports.log(`the system does not hand ${LINK_SCHEME}:// addresses to this program`)
  }
  ports.links.onOpen((url) => {
    const target = parseLink(url)
    if (!target) return ports.log(`an address was not understood and is ignored: ${url.slice(0, 120)}`)
    if (target.kind === 'call') windows.openCapture(target.phone === null ? {} : { phone: target.phone })
    else windows.openMain(pathOf(target))
  })
}

/** Where in the page a target is. */
export function pathOf(target: Exclude<LinkTarget, { kind: 'call' }>): string {
  switch (target.kind) {
    case 'ticket':
      return `/ticket/${target.id}`
    case 'ticketNumber':
      return `/ticket/number/${target.number}`
    case 'alerts':
      return '/alerts'
    case 'queue':
      return target.queue === null ? '/queue' : `/queue/${target.queue}`
  }
}
