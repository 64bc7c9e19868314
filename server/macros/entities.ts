import { EntitySchema } from 'typeorm'
import type { MacroAction } from './contract.ts'

export interface MacroRow {
  id: string
  name: string
  folder: string
  body: string
  actions: MacroAction[]
  shortcut: string | null
  teamIds: string[]
  position: number
  version: number
  createdAt: number
  archivedAt: number | null
}

export const MacroEntity = new EntitySchema<MacroRow>({
  name: 'macro',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    folder: { type: 'text' },
    body: { type: 'text' },
    actions: { type: 'simple-json' },
    shortcut: { type: 'text', nullable: true },
    teamIds: { type: 'simple-json' },
    position: { type: 'integer' },
    version: { type: 'integer' },
    createdAt: { type: 'integer' },
    archivedAt: { type: 'integer', nullable: true },
  },
})

export interface MacroUseRow {
  id: string
  macroId: string
  ticketId: string
  agentId: string
  at: number
  /** Of the text that it wrote. */
  characters: number
}

export const MacroUseEntity = new EntitySchema<MacroUseRow>({
  name: 'macro_use',
  columns: {
    id: { type: 'text', primary: true },
    macroId: { type: 'text' },
    ticketId: { type: 'text' },
    agentId: { type: 'text' },
    at: { type: 'integer' },
    characters: { type: 'integer' },
  },
})

export const macroEntities = [MacroEntity, MacroUseEntity]
