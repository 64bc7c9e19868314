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

const priorities: { key: string; weight: number; color: string; names: Names }[] = [
  { key: 'low', weight: 10, color: '#64748b', names: { 'pt-BR': 'Baixa', en: 'Low', es: 'Baja' } },
  { key: 'normal', weight: 20, color: '#2563eb', names: { 'pt-BR': 'Normal', en: 'Normal', es: 'Normal' } },
  { key: 'high', weight: 30, color: '#c2410c', names: { 'pt-BR': 'Alta', en: 'High', es: 'Alta' } },
  { key: 'urgent', weight: 40, color: '#dc2626', names: { 'pt-BR': 'Urgente', en: 'Urgent', es: 'Urgente' } },
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
  const priorityRows = priorities.map(asRow)
  const idByKey = new Map(priorityRows.map(({ key, id }) => [key, id]))
  await tx.db.insert(TicketTypeEntity, types.map(asRow))
  await tx.db.insert(StatusEntity, statuses.map(asRow))
  await tx.db.insert(PriorityEntity, priorityRows)
  await tx.db.insert(
    MatrixEntity,
    matrixCells(matrix).map((cell) => ({ ...cell, priorityId: idByKey.get(cell.priorityId) ?? '' })),
  )
}
