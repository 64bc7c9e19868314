/** What the entries of our own in the application menu do. */
import type { AppWindows } from '../windows/windows.ts'
import type { Zoom } from '../windows/zoom.ts'
import { menuAct, type MenuAct } from './acts.ts'

/** Where in the page the entries of the menu "Go" lead. */
const paths: Partial<Record<MenuAct, string>> = {
  goQueue: '/queue',
  goAlerts: '/alerts',
  goCustomers: '/customers',
  goSearch: '/search',
  goDashboard: '/dashboard',
  settings: '/settings',
}
/** Commands of the page's own registry, for the window in front. */
const commands: Partial<Record<MenuAct, string>> = {
  tearOff: 'ticket.tearOff',
  print: 'ticket.print',
  savePdf: 'ticket.pdf',
  palette: 'shell.palette',
  shortcuts: 'shell.shortcuts',
}

/** Returns what is done with an entry's id; `windowId` is the window in front. */
export function createMenuChooser(
  windows: Pick<AppWindows, 'openMain' | 'openCapture' | 'byId'>,
  zoom: Pick<Zoom, 'move'>,
): (id: string, windowId: number | null) => void {
  return (id, windowId) => {
    const act = menuAct(id)
    if (act === null) return
    const path = paths[act]
    if (path !== undefined) return void windows.openMain(path)
    const command = commands[act]
    if (command !== undefined) {
      const front = windowId === null ? null : windows.byId(windowId)
      // The alert's window has no commands, and a Mac may have no window at all.
      const able = front && (front.kind === 'main' || front.kind === 'ticket') ? front : windows.openMain()
      return able.send({ kind: 'command', id: command })
    }
    switch (act) {
      case 'newCall':
        return windows.openCapture({})
      case 'newTicket':
        return windows.openMain().send({ kind: 'command', id: 'ticket.new' })
      case 'zoomIn':
      case 'zoomInAlso':
        return zoom.move('in')
      case 'zoomOut':
        return zoom.move('out')
      case 'resetZoom':
        return zoom.move('reset')
    }
  }
}
