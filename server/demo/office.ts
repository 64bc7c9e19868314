import type { NewField, NewStatus, NewTag } from '../catalog/contract.ts'
import type { TicketFilter, TicketSort } from '../tickets/filter.contract.ts'
import type { AgentKey, TeamKey } from './script.ts'

/** Shown at the start of `npm start -- --demo` and in the README; the demonstration office guards nothing. */
export const demoPassword = 'ipe-amarelo-florido'

export const company = {
  name: 'Papelaria e Informática Ipê',
  timezone: 'America/Sao_Paulo',
  locale: 'pt-BR',
} as const

export const teams: Record<TeamKey, string> = {
  suporte: 'Suporte técnico',
  vendas: 'Vendas e pedidos',
  financeiro: 'Financeiro',
}

interface DemoAgent {
  name: string
  email: string
  role: 'admin' | 'supervisor' | 'agent'
  teams: TeamKey[]
}

export const agents: Record<AgentKey, DemoAgent> = {
  ana: { name: 'Ana Ribeiro', email: 'ana@ipe.example', role: 'admin', teams: ['vendas', 'financeiro'] },
  bruno: { name: 'Bruno Tavares', email: 'bruno@ipe.example', role: 'supervisor', teams: ['suporte'] },
  camila: { name: 'Camila Nogueira', email: 'camila@ipe.example', role: 'agent', teams: ['suporte'] },
  diego: { name: 'Diego Sampaio', email: 'diego@ipe.example', role: 'agent', teams: ['suporte'] },
  elisa: { name: 'Elisa Prado', email: 'elisa@ipe.example', role: 'agent', teams: ['vendas'] },
  fabio: {
    name: 'Fábio Moreira',
    email: 'fabio@ipe.example',
    role: 'agent',
    teams: ['financeiro', 'vendas'],
  },
}

/** Statuses beside the presets. */
export const statuses: Record<'supplier' | 'visit', NewStatus> = {
  supplier: { name: 'Aguardando fornecedor', class: 'hold' },
  visit: { name: 'Visita agendada', class: 'hold' },
}

/** Two levels; threads name a category by its path. */
export const categories: Record<string, string[]> = {
  Impressoras: ['Toner e suprimentos', 'Qualidade de impressão', 'Rede e digitalização', 'Atolamento'],
  Computadores: ['Não liga', 'Lentidão', 'Programas e senhas', 'Montagem e upgrade'],
  'Rede e internet': ['Wi-Fi', 'Cabeamento', 'E-mail'],
  Pedidos: ['Orçamento', 'Entrega', 'Troca e devolução', 'Listas escolares'],
  Financeiro: ['Boletos', 'Notas fiscais', 'Contratos'],
}

export const tags: NewTag[] = [
  { name: 'garantia', color: '#0f766e', public: true },
  { name: 'locação', color: '#1d4ed8', public: true },
  { name: 'visita técnica', color: '#7c3aed', public: true },
  { name: 'volta às aulas', color: '#b45309', public: true },
  { name: 'licitação', color: '#4d7c0f', public: true },
  { name: 'reincidente', color: '#b91c1c', public: false },
  { name: 'cliente aborrecido', color: '#be123c', public: false },
  { name: 'vira artigo', color: '#475569', public: false },
]

export const fields: NewField[] = [
  { key: 'equipamento', name: 'Equipamento', kind: 'text', options: [] },
  { key: 'serie', name: 'Nº de série', kind: 'text', options: [] },
  { key: 'pedido', name: 'Nº do pedido', kind: 'text', options: [] },
  { key: 'em_garantia', name: 'Em garantia', kind: 'boolean', options: [] },
  {
    key: 'entrega',
    name: 'Forma de entrega',
    kind: 'select',
    options: [
      { key: 'loja', name: 'Retirada na loja' },
      { key: 'motoboy', name: 'Motoboy' },
      { key: 'transportadora', name: 'Transportadora' },
    ],
  },
]

interface DemoView {
  name: string
  filter: TicketFilter
  sort: TicketSort
}

/** Saved views that everybody sees. */
export const sharedViews: DemoView[] = [
  {
    name: 'Urgentes e altas',
    filter: { statusClass: ['new', 'open'], priorityIds: ['urgent', 'high'] },
    sort: { by: 'dueAt', dir: 'asc' },
  },
  {
    name: 'VIP sem resposta',
    filter: {
      where: {
        all: [
          { field: 'customer.tier', op: 'is', value: 'vip' },
          { field: 'waitingSince', op: 'notEmpty' },
        ],
      },
    },
    sort: { by: 'priority', dir: 'desc' },
  },
  {
    name: 'Reincidentes',
    filter: { tags: ['reincidente'] },
    sort: { by: 'updatedAt', dir: 'desc' },
  },
]
