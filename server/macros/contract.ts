import { z } from 'zod'
import type { FieldValue } from '../catalog/contract.ts'
import { idSchema } from '../ids.ts'
import { propertyActions, type Delay, type PropertyAction } from '../rules/action.contract.ts'
import { MAX_TEMPLATE_LENGTH } from '../templates/contract.ts'
import type { TicketChanges } from '../tickets/contract.ts'

/** What a ready answer does beside answering. The note is a template. */
const macroActionSchema = z.discriminatedUnion('do', [
  ...propertyActions,
  z.strictObject({
    do: z.literal('addNote'),
    value: z.string().trim().min(1, 'rule.text_missing').max(MAX_TEMPLATE_LENGTH),
  }),
])
export type MacroAction = PropertyAction | { do: 'addNote'; value: string }

/** What tells an action from the others of its answer: custom fields are set once each, all else is done once. */
export const deedOf = (action: MacroAction): string =>
  action.do === 'setField' ? `setField:${action.value.key}` : action.do

/** The deed of which it is the effect. */
export const deedBehind = ({ do: kind, field }: Pick<MacroEffect, 'do' | 'field'>): string =>
  field ? `${kind}:${field.key}` : kind

/** `Financeiro/Boletos`: folders by their path, without empty parts. */
const folder = z
  .string()
  .max(120)
  .regex(/^\P{Cc}*$/u)
  .transform((path) =>
    path
      .split('/')
      .map((part) => part.trim())
      .filter(Boolean)
      .join('/'),
  )

/** What is typed behind a slash. */
const shortcut = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}_-]{1,30}$/u, 'macro.shortcut_format')

const macroShape = {
  name: z.string().trim().min(1, 'macro.name_missing').max(80),
  folder,
  /** A template: HTML of the editor, or plain text. Empty when it only acts. */
  body: z.string().trim().max(MAX_TEMPLATE_LENGTH, 'template.too_long'),
  /** Each kind once, and each custom field; see {@link deedOf}. */
  actions: z.array(macroActionSchema).max(12),
  shortcut: shortcut.nullable(),
  /** Whose it is; none is everybody's. */
  teamIds: z.array(idSchema).max(50),
}

export const newMacroInput = z.strictObject({
  ...macroShape,
  id: idSchema.optional(),
  folder: folder.default(''),
  body: macroShape.body.default(''),
  actions: macroShape.actions.default([]),
  shortcut: macroShape.shortcut.default(null),
  teamIds: macroShape.teamIds.default([]),
})
export type NewMacro = z.infer<typeof newMacroInput>

export const macroChangesInput = z.strictObject({
  id: idSchema,
  /** The version that the change was made on; when it is given, a change on top of somebody else's is refused. */
  version: z.int().min(1).optional(),
  changes: z.strictObject(macroShape).partial(),
})
export type MacroChanges = z.infer<typeof macroChangesInput>

export interface MacroView {
  id: string
  name: string
  folder: string
  body: string
  actions: MacroAction[]
  shortcut: string | null
  teamIds: string[]
  position: number
  version: number
  archived: boolean
}

export const applyMacroInput = z.strictObject({ macroId: idSchema, ticketId: idSchema })
export type ApplyMacro = z.infer<typeof applyMacroInput>

export const previewMacroInput = z.strictObject({
  ticketId: idSchema,
  body: macroShape.body,
  actions: macroShape.actions.default([]),
})
export type PreviewMacro = z.infer<typeof previewMacroInput>

export const runMacroInput = applyMacroInput.extend({
  /** The ticket's version that it was chosen on: a field that somebody changed since is a conflict. */
  version: z.int().min(1).optional(),
})
export type RunMacro = z.infer<typeof runMacroInput>

/** One thing that a ready answer does, in words. */
export interface MacroEffect {
  do: MacroAction['do']
  /** The ticket's property, as in `changes`; null for a note. */
  property: keyof TicketChanges | null
  /** Names of rows or tags, the date's instant, or the note's text; null sets to nothing. */
  value: string[] | null
  /** Of `setField`: what becomes of which custom field. */
  field?: { key: string; value: FieldValue | null }
  /** Of `setDue`, as long as it is not known for which ticket: how long after the act the date is. */
  after?: Delay
}

/** A ready answer for one ticket and one agent. Nothing has changed by it. */
export interface MacroApplied {
  /** Sanitised HTML; empty when it only acts. */
  body: string
  /** What its actions come to on this ticket, as `tickets.update` takes it; empty when it is so already. */
  changes: TicketChanges
  /** The actions that would do something. */
  effects: MacroEffect[]
}

/** Reading aloud is slower, thinking too: what a practised typist types in a minute. */
export const CHARACTERS_PER_MINUTE = 200
/** A ticket that is opened again within so many days counts as a consequence of the answer. */
export const REOPENED_WITHIN_DAYS = 7

export const macroFiguresInput = z.strictObject({ days: z.int().min(1).max(366).default(30) })
export type MacroFiguresInput = z.infer<typeof macroFiguresInput>

export interface MacroFigures {
  macroId: string
  uses: number
  /** Different people who used it. */
  agents: number
  /** Of all texts that it wrote. */
  characters: number
  /** Different tickets, and those of them that were opened again within {@link REOPENED_WITHIN_DAYS} of a use. */
  tickets: number
  reopened: number
  lastUsedAt: string
}
