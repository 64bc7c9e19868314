/** Does what the desktop asks of this page: go somewhere, carry out a command, say something that was missed. */
import type { Router } from 'vue-router'
import { availableCommands } from '../../commands/registry.ts'
import type { DeskBridge } from '../../desk/bridge.ts'
import { showToast } from '../../ui/toasts.ts'

/** The addresses of windows that hold one thing only. */
const isAlone = (path: string): boolean => path.startsWith('/window/')

export function followDesktop(desk: DeskBridge, router: Router, t: (key: string) => string): void {
  desk.onMessage((message) => {
    switch (message.kind) {
      case 'open':
        return void router.push(message.path)
      case 'command': {
        const command = availableCommands().find(({ id }) => id === message.id)
        return command ? void command.run() : void showToast({ text: t('windows.noSuchThing') })
      }
      case 'still-here':
        return void showToast({ text: t('windows.stillHere') })
      case 'disk-full':
        return void showToast({ tone: 'danger', text: t('windows.diskFull') })
      default:
        return undefined
    }
  })
}

/** A window that was torn off keeps to its ticket: what leads elsewhere opens in the main window. */
export function keepToItself(desk: DeskBridge, router: Router, startPath: string): void {
  const { windows } = desk
  if (!windows || !isAlone(startPath)) return
  router.beforeEach((to) => {
    if (isAlone(to.path) || to.meta.open) return true
    void windows.openMain(to.fullPath)
    return false
  })
}
