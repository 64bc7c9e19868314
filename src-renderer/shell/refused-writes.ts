import type { Command } from '../outbox/command.ts'

/** A write the server refused, as the frame shows it until its author decides. */
export interface RefusedWrite {
  id: string
  title: string
  message: string
  /** UTC milliseconds. */
  at: number
}

/** What somebody wanted to do, as an i18n key. */
export function writeTitleKey(procedure: Command['procedure']): string {
  if (procedure === 'tickets.create') return 'shell.write.newTicket'
  if (procedure === 'tickets.reply') return 'shell.write.message'
  if (procedure.startsWith('tickets.') || procedure === 'macros.run') return 'shell.write.ticket'
  if (procedure.startsWith('calls.')) return 'shell.write.call'
  if (procedure.startsWith('alerts.')) return 'shell.write.alert'
  return procedure.startsWith('customers.') ? 'shell.write.customer' : 'shell.write.settings'
}
