/** How a moment may be written: `{{ ticket.dueAt | date: "day" }}`; without a filter it is `short`. */
export const dateStyles = ['short', 'day', 'long', 'weekday', 'time'] as const
export type DateStyle = (typeof dateStyles)[number]

/** What may follow a bar: `{{ ticket.subject | truncate: 40 }}`. */
export const templateFilters = ['default', 'upcase', 'downcase', 'capitalize', 'truncate', 'date'] as const

/**
 * All that a template may speak of. What is not set is an empty text, so `{% if customer.tier == "VIP" %}` and
 * `{{ agent.firstName | default: "…" }}` always work.
 */
export const templateVariables = [
  { name: 'greeting', example: 'Bom dia' },
  { name: 'customer.firstName', example: 'Maria' },
  { name: 'customer.name', example: 'Maria Aparecida Souza' },
  { name: 'customer.email', example: 'maria@example.com' },
  { name: 'customer.phone', example: '+55 11 98765 4321' },
  { name: 'customer.tier', example: 'VIP' },
  { name: 'customer.organization', example: 'Padaria São José' },
  { name: 'ticket.number', example: '2026-000412' },
  { name: 'ticket.subject', example: 'Impressora fiscal não imprime' },
  { name: 'ticket.status', example: 'Aberto' },
  { name: 'ticket.priority', example: 'Alta' },
  { name: 'ticket.type', example: 'Incidente' },
  { name: 'ticket.category', example: 'Impressoras' },
  { name: 'ticket.team', example: 'Suporte' },
  { name: 'ticket.agent', example: 'Bruno Lima' },
  { name: 'ticket.tags', example: 'fiscal, loja' },
  { name: 'ticket.createdAt', example: '25/11/2026 09:12' },
  { name: 'ticket.dueAt', example: '25/11/2026 17:00' },
  /** Who acts; where the desk acts by itself, whoever has the ticket. */
  { name: 'agent.firstName', example: 'Ana' },
  { name: 'agent.name', example: 'Ana Ribeiro' },
  { name: 'agent.email', example: 'ana@example.com' },
  { name: 'office.name', example: 'Padaria São José' },
  { name: 'message.text', example: 'A impressora parou de novo.' },
  /** Empty but in what a rule writes. */
  { name: 'rule.name', example: 'VIP parado' },
] as const
export type TemplateVariable = (typeof templateVariables)[number]['name']

/** Templates and what comes of them are at most so many characters long. */
export const MAX_TEMPLATE_LENGTH = 20_000

export interface TemplateProblem {
  /** `template.…` */
  reason: string
  /** The variable, filter or tag that is meant. */
  name?: string
  /** From 1; of HTML, the paragraph. */
  line?: number
}
