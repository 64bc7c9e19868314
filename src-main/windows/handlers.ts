import type { IpcHandlers, IpcSender } from '../ipc/inlet.ts'
import type { DesktopPorts, DesktopWindow } from '../ports.ts'
import type { WindowsAnswers } from './ipc.ts'
import type { AppWindows } from './windows.ts'

export interface WindowsHandlerDeps {
  readonly ports: Pick<DesktopPorts, 'files'>
  readonly windows: AppWindows
}

export function createWindowsHandlers({
  ports,
  windows,
}: WindowsHandlerDeps): Pick<IpcHandlers, keyof WindowsAnswers> {
  const saved = new Set<string>()

  const save = async (name: string, content: Uint8Array): Promise<string | null> => {
    const path = await ports.files.save(name, content)
    if (path !== null) saved.add(path)
    return path
  }
  const asking = ({ windowId }: IpcSender): DesktopWindow => {
    const window = windows.byId(windowId)
    if (!window) throw new Error('windows.gone: the window that asks is not open any more')
    return window
  }

  return {
    'windows.ticket': (ticketId) => void windows.openTicket(ticketId),
    'windows.main': (path) => void windows.openMain(path),
    'windows.close': (sender) => asking(sender).close(),
    'windows.print': (sender) => asking(sender).print(),
    'windows.pdf': async (name, sender) => save(name, await asking(sender).pdf()),
    'files.save': (name, content) => save(name, content),
    'files.reveal': (path) => {
      if (saved.has(path)) ports.files.reveal(path)
    },
  }
}
