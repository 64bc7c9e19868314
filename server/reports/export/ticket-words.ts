/** What stands in a file of tickets. Pure. */
import type { Locale } from '../../settings/contract.ts'
import type { Channel } from '../../tickets/filter.contract.ts'
import type { StreamColumn, TicketStream } from '../ticket-stream.contract.ts'
import { reportWords } from './figure-words.ts'
import type { Cell, SheetColumn } from './table.ts'

const languages: readonly Locale[] = ['pt-BR', 'en', 'es']
/** In the order of {@link languages}. */
const words: Record<string, readonly [string, string, string]> = {
  number: ['Protocolo', 'Number', 'Protocolo'],
  subject: ['Assunto', 'Subject', 'Asunto'],
  customer: ['Cliente', 'Customer', 'Cliente'],
  organization: ['Organização', 'Organization', 'Organización'],
  tier: ['Nível', 'Tier', 'Nivel'],
  channel: ['Canal', 'Channel', 'Canal'],
  type: ['Tipo', 'Type', 'Tipo'],
  category: ['Categoria', 'Category', 'Categoría'],
  tags: ['Etiquetas', 'Tags', 'Etiquetas'],
  priority: ['Prioridade', 'Priority', 'Prioridad'],
  status: ['Status', 'Status', 'Estado'],
  team: ['Equipe', 'Team', 'Equipo'],
  agent: ['Responsável', 'Assignee', 'Responsable'],
  createdAt: ['Criado em', 'Created at', 'Creado el'],
  firstAnsweredAt: ['1ª resposta em', 'First answered at', '1.ª respuesta el'],
  firstAnsweredBy: ['1ª resposta de', 'First answered by', '1.ª respuesta de'],
  firstResponse: ['Tempo até a 1ª resposta', 'Time to first response', 'Tiempo hasta la 1.ª respuesta'],
  firstResponseElapsed: [
    'Tempo corrido até a 1ª resposta',
    'Time to first response, elapsed',
    'Tiempo corrido hasta la 1.ª respuesta',
  ],
  resolvedAt: ['Resolvido em', 'Resolved at', 'Resuelto el'],
  resolvedBy: ['Resolvido por', 'Resolved by', 'Resuelto por'],
  resolution: ['Tempo até a solução', 'Time to resolution', 'Tiempo hasta la solución'],
  resolutionElapsed: [
    'Tempo corrido até a solução',
    'Time to resolution, elapsed',
    'Tiempo corrido hasta la solución',
  ],
  reopened: ['Reaberturas', 'Reopenings', 'Reaperturas'],
  transfers: ['Transferências', 'Changes of team', 'Transferencias'],
  handovers: ['Trocas de agente', 'Changes of agent', 'Cambios de agente'],
  replies: ['Respostas', 'Replies', 'Respuestas'],
  customerMessages: ['Mensagens do cliente', 'Messages from the customer', 'Mensajes del cliente'],
  notes: ['Notas internas', 'Internal notes', 'Notas internas'],
  oneTouch: ['Resolvido na 1ª resposta', 'Resolved at first reply', 'Resuelto en la 1.ª respuesta'],
  value: ['Valor', 'Value', 'Valor'],
}

/** A column's name; its key where nobody has given it one. */
export const ticketColumns = (columns: readonly StreamColumn[], locale: Locale): SheetColumn[] =>
  columns.map(({ key, kind }) => ({ kind, title: words[key]?.[languages.indexOf(locale)] ?? key }))

/** The rows of a stream with what stands in them as a stable name put into words. */
export async function* wordedRows(
  { columns, chunks }: TicketStream,
  locale: Locale,
): AsyncGenerator<Cell[][]> {
  const place = columns.findIndex(({ key }) => key === 'channel')
  const { channel } = reportWords[locale]
  for await (const chunk of chunks)
    yield place < 0
      ? chunk
      : chunk.map((row) => row.with(place, channel[row[place] as Channel] ?? row[place] ?? null))
}
