/** The application menu as data. Its items are the system's standard ones, so each brings its own shortcut. */
import type { DesktopPlatform, Language } from '../ipc/contract.ts'
import { menuWords, type MenuWord } from './words.ts'

type MenuRole = Exclude<MenuWord, 'file' | 'edit' | 'view' | 'window' | 'help'>
export type MenuEntry = { readonly role: MenuRole; readonly label: string } | 'separator'
interface Submenu {
  readonly label: string
  readonly entries: readonly MenuEntry[]
}
export type MenuModel = readonly Submenu[]

type Plan = readonly (MenuRole | 'separator')[]

const applicationPlan: Plan = [
  'about',
  'separator',
  'services',
  'separator',
  'hide',
  'hideOthers',
  'unhide',
  'separator',
  'quit',
]
const editPlan: Plan = [
  'undo',
  'redo',
  'separator',
  'cut',
  'copy',
  'paste',
  'pasteAndMatchStyle',
  'separator',
  'selectAll',
]
const viewPlan: Plan = [
  'reload',
  'separator',
  'resetZoom',
  'zoomIn',
  'zoomOut',
  'separator',
  'togglefullscreen',
  'toggleDevTools',
]

export function menuModel(platform: DesktopPlatform, language: Language): MenuModel {
  const words = menuWords[language]
  const submenu = (label: string, plan: Plan): Submenu => ({
    label,
    entries: plan.map((role) => (role === 'separator' ? role : { role, label: words[role] })),
  })
  if (platform === 'macos') {
    return [
      submenu('Balcão', applicationPlan),
      submenu(words.edit, editPlan),
      submenu(words.view, viewPlan),
      submenu(words.window, ['minimize', 'zoom', 'close', 'separator', 'front']),
    ]
  }
  return [
    submenu(words.file, ['quit']),
    submenu(words.edit, editPlan),
    submenu(words.view, viewPlan),
    submenu(words.window, ['minimize', 'close']),
    submenu(words.help, ['about']),
  ]
}
