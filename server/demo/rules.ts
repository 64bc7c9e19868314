import type { Viewer } from '../access/viewer.ts'
import type { Services } from '../app.ts'
import type { NewRule } from '../rules/contract.ts'
import type { Skill } from '../routing/contract.ts'
import type { AgentKey } from './script.ts'
import type { DemoOffice } from './seed-office.ts'

/** The shop is open so many minutes on an average day: eight and a half hours, four on Saturdays. */
const OPEN_MINUTES = (5 * 510 + 240) / 6
const THREE_WORKING_DAYS = 3 * OPEN_MINUTES
const FIVE_DAYS = 5 * 24 * 60

interface Rows {
  suporte: string
  financeiro: string
  hours: string
}

/** What the office lets its desk do by itself; they begin now, so they have left nothing in its history. */
const rulesOf = ({ suporte, financeiro, hours }: Rows): Partial<NewRule>[] => [
  {
    name: 'VIP parado é urgente',
    on: ['ticket.created'],
    when: {
      all: [
        { field: 'customer.tier', op: 'is', value: 'vip' },
        {
          any: [
            { field: 'subject', op: 'containsWord', value: ['parado', 'parada', 'parou'] },
            { field: 'message', op: 'containsWord', value: ['parado', 'parada', 'parou'] },
          ],
        },
      ],
    },
    then: [
      { do: 'setPriority', value: 'urgent' },
      { do: 'setTeam', value: suporte },
      {
        do: 'raiseAlert',
        value: {
          severity: 'urgent',
          to: ['team'],
          text: '{{ customer.name }} está parado: {{ ticket.subject }}',
        },
      },
    ],
  },
  {
    name: 'Boleto e nota vão para o Financeiro',
    on: ['ticket.created'],
    when: {
      all: [
        { field: 'team', op: 'empty' },
        { field: 'subject', op: 'containsWord', value: ['boleto', 'nota fiscal', 'fatura'] },
      ],
    },
    then: [{ do: 'setTeam', value: financeiro }],
  },
  {
    name: 'Fora do horário: avisar que recebemos',
    on: ['ticket.created'],
    when: {
      all: [
        { field: 'channel', op: 'in', value: ['email', 'portal', 'chat'] },
        { field: 'calendar', op: 'isNot', value: hours },
      ],
    },
    then: [
      {
        do: 'reply',
        value:
          '{{ greeting }}, {{ customer.firstName }}! Recebemos sua mensagem, o protocolo é {{ ticket.number }}. Respondemos assim que a loja abrir.',
      },
    ],
  },
  {
    name: 'Sem dono há 10 minutos: avisar a supervisão',
    on: ['time'],
    when: {
      all: [
        { field: 'statusClass', op: 'is', value: 'new' },
        { field: 'agent', op: 'empty' },
      ],
    },
    after: { minutes: 10, business: true, since: 'state', calendarId: hours },
    then: [
      { do: 'notify', value: { to: ['supervisors'], text: 'Ninguém pegou {{ ticket.number }} ainda.' } },
    ],
  },
  {
    name: 'Três dias esperando o cliente: lembrar',
    on: ['time'],
    when: { all: [{ field: 'statusClass', op: 'is', value: 'waiting' }] },
    after: { minutes: THREE_WORKING_DAYS, business: true, since: 'state', calendarId: hours },
    then: [
      {
        do: 'reply',
        value:
          '{{ greeting }}, {{ customer.firstName }}! Ainda precisa da nossa ajuda com “{{ ticket.subject }}”? É só responder por aqui.',
      },
    ],
  },
  {
    name: 'Resolvido há cinco dias: fechar',
    on: ['time'],
    when: { all: [{ field: 'statusClass', op: 'is', value: 'resolved' }] },
    after: { minutes: FIVE_DAYS, business: false, since: 'status', calendarId: null },
    then: [{ do: 'close', value: null }],
  },
  {
    name: 'Distribuir o suporte por carga',
    on: ['ticket.created', 'ticket.updated'],
    when: {
      all: [
        { field: 'team', op: 'is', value: suporte },
        { field: 'agent', op: 'empty' },
        { field: 'statusClass', op: 'is', value: 'new' },
      ],
    },
    // For the visitor to try out first and then to switch on.
    enabled: false,
    then: [
      {
        do: 'assign',
        value: {
          ...{ strategy: 'leastLoaded', skills: [], language: false, tier: false },
          ...{ lastAgent: true, mode: 'assign', offerSeconds: 45 },
        },
      },
    ],
  },
]

const skills: Partial<Record<AgentKey, Skill[]>> = {
  bruno: [
    { name: 'Redes', level: 5 },
    { name: 'Impressoras', level: 4 },
  ],
  camila: [
    { name: 'Impressoras', level: 5 },
    { name: 'Computadores', level: 3 },
  ],
  diego: [
    { name: 'Computadores', level: 4 },
    { name: 'Redes', level: 2 },
  ],
}

/** Lets the office's routine do itself from now on. */
export async function seedRules(services: Services, { viewers, teamIds }: DemoOffice): Promise<void> {
  const { ana } = viewers
  const { calendars } = await services.book.current()
  const [hours = ''] = calendars.keys()
  for (const rule of rulesOf({ ...teamIds, hours })) await services.rules.create(ana, completed(rule))
  await seedSkills(services, ana, viewers)
}

const completed = (rule: Partial<NewRule>): NewRule => ({
  ...{ name: '', on: [], when: null, then: [], after: null, stop: false, enabled: true },
  ...rule,
})

async function seedSkills(services: Services, admin: Viewer, viewers: DemoOffice['viewers']): Promise<void> {
  const profiles = new Map((await services.routingProfiles.list()).map((each) => [each.agentId, each]))
  for (const [key, theirs] of Object.entries(skills) as [AgentKey, Skill[]][]) {
    const profile = profiles.get(viewers[key].agentId)
    if (!profile) continue
    const { agentId, version, receives, capacity, channelCapacity, languages, tierIds } = profile
    await services.routingProfiles.update(admin, {
      ...{ agentId, version, receives, capacity, channelCapacity, languages, tierIds, skills: theirs },
    })
  }
}
