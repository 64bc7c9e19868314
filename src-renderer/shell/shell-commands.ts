import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { useAppearance } from '../appearance.ts'
import { paletteOpen, shortcutSheetOpen } from '../commands/palette.ts'
import { useCommands, type Command } from '../commands/registry.ts'
import { useSessionStore } from '../stores/session.ts'
import { showToast, undoLast } from '../ui/toasts.ts'
import { openCallCapture, openNewTicket } from './call-capture.ts'

/** What can be done from everywhere. */
export function useShellCommands({ toggleRail }: { toggleRail?: () => void } = {}): void {
  const router = useRouter()
  const { t } = useI18n()
  const { theme } = useAppearance()
  const session = useSessionStore()

  function go(name: string, title: string, keys?: string): Command {
    const run = async () => void (await router.push({ name }))
    return { id: `go.${name}`, title, group: 'shell.command.group.navigate', ...(keys && { keys }), run }
  }

  function switchTheme(): void {
    const isDark = window.matchMedia('(prefers-color-scheme: dark)').matches
    const current =
      theme.value === 'light' || theme.value === 'dark' ? theme.value : isDark ? 'dark' : 'light'
    theme.value = current === 'dark' ? 'light' : 'dark'
  }

  function undo(): void {
    if (!undoLast()) showToast({ text: t('shell.command.nothingToUndo') })
  }

  const general = 'shell.command.group.general'
  useCommands([
    go('queue', 'shell.command.goQueue', 'g q'),
    go('customers', 'shell.command.goCustomers', 'g c'),
    go('search', 'shell.command.goSearch', 'g s'),
    go('calls', 'phone.command.go', 'g l'),
    go('dashboard', 'shell.command.goDashboard', 'g d'),
    {
      ...go('reports', 'reports.command.go', 'g r'),
      when: () => session.can('tickets.readAll'),
    },
    { ...go('outlook', 'outlook.command'), when: () => session.can('tickets.readAll') },
    { ...go('problems', 'problems.command'), when: () => session.can('tickets.readAll') },
    go('settings', 'shell.command.goSettings', 'g p'),
    {
      id: 'shell.palette',
      title: 'shell.command.palette',
      group: general,
      keys: 'mod+k',
      overDialogs: true,
      run: () => void (paletteOpen.value = !paletteOpen.value),
    },
    {
      id: 'shell.shortcuts',
      title: 'shell.command.shortcuts',
      group: general,
      keys: '?',
      run: () => void (shortcutSheetOpen.value = true),
    },
    {
      id: 'shell.search',
      title: 'shell.command.search',
      group: general,
      keys: '/',
      run: async () => void (await router.push({ name: 'search' })),
    },
    {
      id: 'call.new',
      title: 'shell.command.logCall',
      group: general,
      keys: 'mod+shift+l',
      run: () => openCallCapture(),
    },
    {
      id: 'ticket.new',
      title: 'call.command.newTicket',
      group: general,
      keys: 'shift+t',
      run: () => openNewTicket(),
    },
    { id: 'shell.undo', title: 'shell.command.undo', group: general, keys: 'u', run: undo },
    { id: 'shell.theme', title: 'shell.command.theme', group: general, run: switchTheme },
    // A window that holds one ticket has no rail.
    ...(toggleRail
      ? [{ id: 'shell.rail', title: 'shell.command.rail', group: general, keys: '[', run: toggleRail }]
      : []),
  ])
}
