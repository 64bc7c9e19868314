/** Our own entries of the application menu. What each does is in `choose.ts`. */
import type { ActWord } from './words.ts'

interface MenuActSpec {
  readonly word: ActWord
  readonly accelerator?: string
  readonly needsSession?: boolean
  readonly isHidden?: boolean
}

/** Only what the page has no keys of its own for gets an accelerator: two owners of one key would act twice. */
const specs = {
  newCall: { word: 'newCall', needsSession: true },
  newTicket: { word: 'newTicket', needsSession: true },
  tearOff: { word: 'tearOff', needsSession: true },
  print: { word: 'print', accelerator: 'CommandOrControl+P', needsSession: true },
  savePdf: { word: 'savePdf', accelerator: 'CommandOrControl+Shift+P', needsSession: true },
  settings: { word: 'settings', accelerator: 'CommandOrControl+,', needsSession: true },
  palette: { word: 'palette', needsSession: true },
  goQueue: { word: 'goQueue', needsSession: true },
  goAlerts: { word: 'goAlerts', needsSession: true },
  goCustomers: { word: 'goCustomers', needsSession: true },
  goSearch: { word: 'goSearch', needsSession: true },
  goDashboard: { word: 'goDashboard', needsSession: true },
  resetZoom: { word: 'resetZoom', accelerator: 'CommandOrControl+0' },
  zoomIn: { word: 'zoomIn', accelerator: 'CommandOrControl+Plus' },
  /** The same key without Shift, where people look for the plus. */
  zoomInAlso: { word: 'zoomIn', accelerator: 'CommandOrControl+=', isHidden: true },
  zoomOut: { word: 'zoomOut', accelerator: 'CommandOrControl+-' },
  shortcuts: { word: 'shortcuts', needsSession: true },
} as const satisfies Record<string, MenuActSpec>

export type MenuAct = keyof typeof specs

export const MENU_ACTS: Readonly<Record<MenuAct, MenuActSpec>> = specs

export function menuAct(id: string): MenuAct | null {
  return Object.hasOwn(MENU_ACTS, id) ? (id as MenuAct) : null
}
