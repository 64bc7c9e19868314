import type { RowProperty } from './use-options.ts'

/** The properties with a key of their own. */
export type PickerName = RowProperty | 'tags' | 'dueAt'

/** The command that opens each choice. */
export const pickerCommands: Record<PickerName, { id: string; title: string; keys: string }> = {
  statusId: { id: 'ticket.status', title: 'ticket.command.status', keys: 's' },
  priorityId: { id: 'ticket.priority', title: 'ticket.command.priority', keys: 'p' },
  agentId: { id: 'ticket.assign', title: 'ticket.command.assign', keys: 'a' },
  teamId: { id: 'ticket.team', title: 'ticket.command.team', keys: 'shift+a' },
  typeId: { id: 'ticket.type', title: 'ticket.command.type', keys: 'y' },
  categoryId: { id: 'ticket.category', title: 'ticket.command.category', keys: 'c' },
  tags: { id: 'ticket.tags', title: 'ticket.command.tags', keys: 't' },
  dueAt: { id: 'ticket.due', title: 'ticket.command.due', keys: 'd' },
}

/** The choices that also act on several selected tickets. */
export const bulkPickers = ['agentId', 'statusId', 'priorityId', 'tags'] as const
export type BulkPicker = (typeof bulkPickers)[number]

export const isBulkPicker = (name: PickerName): name is BulkPicker =>
  bulkPickers.some((each) => each === name)
