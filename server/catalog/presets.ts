import { newId } from '../ids.ts'
import type { Locale } from '../settings/contract.ts'
import type { Tx } from '../store/store.ts'
import { MatrixEntity, PriorityEntity, StatusEntity, TicketTypeEntity } from './catalog.entity.ts'
import type { MatrixView, StatusClass } from './contract.ts'
import { matrixCells } from './matrix.ts'

type Names = Record<Locale, string>

const types: { key: string; icon: string; names: Names }[] = [
  {
    key: 'technical_support',
    icon: 'wrench',
    names: { 'pt-BR': 'Suporte técnico', en: 'Technical support', es: 'Soporte técnico' },
  },
  {
    key: 'feedback',
    icon: 'message-square-heart',
    names: { 'pt-BR': 'Feedback', en: 'Feedback', es: 'Comentarios' },
  },
  { key: 'sales', icon: 'shopping-cart', names: { 'pt-BR': 'Vendas', en: 'Sales', es: 'Ventas' } },
  {
    key: 'customer_service',
    icon: 'headset',
    names: { 'pt-BR': 'Atendimento ao cliente', en: 'Customer service', es: 'Atención al cliente' },
  },
  { key: 'incident', icon: 'siren', names: { 'pt-BR': 'Incidente', en: 'Incident', es: 'Incidente' } },
  {
    key: 'training',
    icon: 'graduation-cap',
    names: { 'pt-BR': 'Treinamento', en: 'Training', es: 'Capacitación' },
  },
]

const statuses: { key: string; class: StatusClass; names: Names }[] = [
  { key: 'new', class: 'new', names: { 'pt-BR': 'Novo', en: 'New', es: 'Nuevo' } },
  { key: 'open', class: 'open', names: { 'pt-BR': 'Aberto', en: 'Open', es: 'Abierto' } },
  {
    key: 'waiting',
    class: 'waiting',
    names: { 'pt-BR': 'Aguardando cliente', en: 'Waiting for customer', es: 'Esperando al cliente' },
  },
  { key: 'hold', class: 'hold', names: { 'pt-BR': 'Em espera', en: 'On hold', es: 'En espera' } },
  { key: 'resolved', class: 'resolved', names: { 'pt-BR': 'Resolvido', en: 'Resolved', es: 'Resuelto' } },
  { key: 'closed', class: 'closed', names: { 'pt-BR': 'Fechado', en: 'Closed', es: 'Cerrado' } },
  { key: 'cancelled', class: 'closed', names: { 'pt-BR': 'Cancelado', en: 'Cancelled', es: 'Cancelado' } },
]

const priorities: {
  key: string
  weight: number
  color: string
  names: Names
  criteria: Names
  procedure: Names
}[] = [
  {
    key: 'low',
    weight: 10,
    color: '#64748b',
    names: { 'pt-BR': 'Baixa', en: 'Low', es: 'Baja' },
    criteria: {
      'pt-BR': 'Dúvida, sugestão ou pedido sem prazo. O cliente trabalha normalmente enquanto espera.',
      en: 'A question, a suggestion or a request without a date. The customer works as usual while waiting.',
      es: 'Consulta, sugerencia o pedido sin fecha. El cliente trabaja con normalidad mientras espera.',
    },
    procedure: {
      'pt-BR': 'Atenda por ordem de chegada, depois das demais. Se a resposta já existe, envie-a na hora.',
      en: 'Take in order of arrival, after the others. If the answer is at hand, send it right away.',
      es: 'Atienda por orden de llegada, después de las demás. Si la respuesta ya existe, envíela en el momento.',
    },
  },
  {
    key: 'normal',
    weight: 20,
    color: '#2563eb',
    names: { 'pt-BR': 'Normal', en: 'Normal', es: 'Normal' },
    criteria: {
      'pt-BR': 'Algo não funciona como deveria, mas há como contornar, ou só uma pessoa é afetada.',
      en: 'Something does not work as it should, but there is a way round it, or only one person is affected.',
      es: 'Algo no funciona como debería, pero hay cómo sortearlo, o afecta a una sola persona.',
    },
    procedure: {
      'pt-BR':
        'Diga ao cliente o que será feito e quando. Sem avanço até metade do prazo, peça ajuda à equipe.',
      en: 'Tell the customer what happens next and when. No progress by half the time: ask the team for help.',
      es: 'Diga al cliente qué se hará y cuándo. Sin avance a la mitad del plazo, pida ayuda al equipo.',
    },
  },
  {
    key: 'high',
    weight: 30,
    color: '#c2410c',
    names: { 'pt-BR': 'Alta', en: 'High', es: 'Alta' },
    criteria: {
      'pt-BR':
        'Trabalho parado para uma pessoa ou prejudicado para várias, sem contorno; ou prazo que vence hoje.',
      en: 'One person can’t work, or several work badly, with no way round it; or a date that falls today.',
      es: 'Trabajo detenido para una persona o perjudicado para varias, sin alternativa; o plazo que vence hoy.',
    },
    procedure: {
      'pt-BR':
        'Assuma logo e dê notícia ao cliente a cada avanço. Se não depender de você, ligue para quem resolve.',
      en: 'Take it at once and report each step to the customer. If it is not yours to solve, call whoever can.',
      es: 'Tómelo enseguida e informe al cliente cada avance. Si no depende de usted, llame a quien lo resuelve.',
    },
  },
  {
    key: 'urgent',
    weight: 40,
    color: '#dc2626',
    names: { 'pt-BR': 'Urgente', en: 'Urgent', es: 'Urgente' },
    criteria: {
      'pt-BR':
        'Operação do cliente parada, risco a pessoas, a dados ou de prejuízo imediato. Insistência não é critério.',
      en: 'The customer’s operation is down, or people, data or money are at risk right now. Insistence is no reason.',
      es: 'Operación del cliente detenida, o riesgo inmediato para personas, datos o dinero. Insistir no es criterio.',
    },
    procedure: {
      'pt-BR':
        'Ligue já para o responsável e avise o supervisor; não espere na fila. Dê notícia ao cliente até resolver.',
      en: 'Call the person in charge now and tell the supervisor; do not leave it queued. Keep the customer informed.',
      es: 'Llame ya al responsable y avise al supervisor; no lo deje en la cola. Mantenga informado al cliente.',
    },
  },
]

/** Keys of priorities by urgency, then impact. */
const matrix: MatrixView = {
  low: { low: 'low', medium: 'low', high: 'normal' },
  medium: { low: 'low', medium: 'normal', high: 'high' },
  high: { low: 'normal', medium: 'high', high: 'urgent' },
}

/** Writes the presets; whoever calls this must also tell the {@link Catalog}, so prefer its `seed`. */
export async function seedCatalog(tx: Tx, locale: Locale): Promise<void> {
  const asRow = <Preset extends { names: Names }>({ names, ...preset }: Preset, position: number) => ({
    ...preset,
    id: newId(),
    name: names[locale],
    position,
    archivedAt: null,
  })
  const priorityRows = priorities.map((preset, position) => ({
    ...asRow(preset, position),
    criteria: preset.criteria[locale],
    procedure: preset.procedure[locale],
  }))
  const idByKey = new Map(priorityRows.map(({ key, id }) => [key, id]))
  await tx.db.insert(TicketTypeEntity, types.map(asRow))
  await tx.db.insert(StatusEntity, statuses.map(asRow))
  await tx.db.insert(PriorityEntity, priorityRows)
  await tx.db.insert(
    MatrixEntity,
    matrixCells(matrix).map((cell) => ({ ...cell, priorityId: idByKey.get(cell.priorityId) ?? '' })),
  )
}
