/** The application menu as data: the system's standard items by their role, and our own by an id. */
import type { DesktopPlatform, Language } from '../ipc/contract.ts'
import { MENU_ACTS, type MenuAct } from './acts.ts'
import { menuWords, type MenuWord, type RoleWord } from './words.ts'

export type MenuEntry =
  /** A standard item of the system's; it brings its own shortcut. */
  | { readonly role: RoleWord; readonly label: string }
  /** One of our own. `accelerator` as Electron writes them (`CommandOrControl+P`). */
  | {
      readonly id: string
      readonly label: string
      readonly accelerator?: string
      readonly isDisabled?: boolean
      /** Not in sight: it is there for its accelerator. */
      readonly isHidden?: boolean
    }
  | 'separator'
interface Submenu {
  readonly label: string
  readonly entries: readonly MenuEntry[]
}
export type MenuModel = readonly Submenu[]

export interface MenuState {
  readonly platform: DesktopPlatform
  readonly language: Language
  /** What needs a session rests without one. */
  readonly isSignedIn: boolean
}

type Plan = readonly (RoleWord | MenuAct | 'separator')[]

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
const filePlan: Plan = [
  'newCall',
  'newTicket',
  'separator',
  'tearOff',
  'separator',
  'savePdf',
  'print',
  'separator',
]
const goPlan: Plan = ['palette', 'separator', 'goQueue', 'goAlerts', 'goCustomers', 'goSearch', 'goDashboard']
const viewPlan: Plan = [
  'reload',
  'separator',
  'resetZoom',
  'zoomIn',
  'zoomInAlso',
  'zoomOut',
  'separator',
  'togglefullscreen',
  'toggleDevTools',
]
const applicationPlan: Plan = [
  'about',
  'separator',
  'settings',
  'separator',
  'services',
  'separator',
  'hide',
  'hideOthers',
  'unhide',
  'separator',
  'quit',
]

export function menuModel(state: MenuState): MenuModel {
  const words = menuWords[state.language]
  const entry = (part: Plan[number]): MenuEntry => {
    if (part === 'separator') return part
    if (!isAct(part)) return { role: part, label: words[part] }
    const { word, accelerator, needsSession, isHidden } = MENU_ACTS[part]
    return {
      id: part,
      label: words[word],
      ...(accelerator && { accelerator }),
      ...(needsSession && !state.isSignedIn && { isDisabled: true }),
      ...(isHidden && { isHidden }),
    }
  }
  const submenu = (label: string, plan: Plan): Submenu => ({ label, entries: plan.map(entry) })
  const edit = submenu(words.edit, editPlan)
  const go = submenu(words.go, goPlan)
  const view = submenu(words.view, viewPlan)
  if (state.platform === 'macos') {
    return [
      submenu('Balcão', applicationPlan),
      submenu(words.file, [...filePlan, 'close']),
      edit,
      view,
      go,
      submenu(words.window, ['minimize', 'zoom', 'separator', 'front']),
      submenu(words.help, ['shortcuts']),
    ]
  }
  return [
    submenu(words.file, [...filePlan, 'settings', 'separator', 'quit']),
    edit,
    view,
    go,
    submenu(words.window, ['minimize', 'close']),
    submenu(words.help, ['shortcuts', 'about']),
  ]
}

function isAct(part: MenuWord | MenuAct): part is MenuAct {
  return part in MENU_ACTS
}
