import type { Viewer } from '../access/viewer.ts'
import type { Services } from '../app.ts'
import type { NewMacro } from '../macros/contract.ts'
import type { TeamKey } from './script.ts'

type DemoMacro = Omit<NewMacro, 'teamIds'> & { teams: TeamKey[] }

const signature = '<p>{{ agent.firstName }}, {{ office.name }}</p>'
const greeting = '<p>{{ greeting }}, {{ customer.firstName }}!</p>'

/** What the office answers again and again. */
const macros: DemoMacro[] = [
  {
    ...{ name: 'Recebemos seu pedido', folder: '', shortcut: 'recebemos', teams: [] },
    body: `${greeting}<p>Recebemos sua mensagem e já estamos cuidando dela. Seu protocolo é <strong>{{ ticket.number }}</strong>.</p>${signature}`,
    actions: [],
  },
  {
    ...{
      name: 'Segunda via do boleto',
      folder: 'Financeiro/Boletos',
      shortcut: 'boleto',
      teams: ['financeiro'],
    },
    body: `${greeting}<p>Segue a segunda via do boleto. Se já tiver pago, é só nos mandar o comprovante por aqui.</p>${signature}`,
    actions: [
      { do: 'setStatus', value: 'waiting' },
      { do: 'addNote', value: 'Segunda via enviada a {{ customer.name }}.' },
    ],
  },
  {
    ...{
      name: 'Pagamento identificado',
      folder: 'Financeiro/Boletos',
      shortcut: 'pago',
      teams: ['financeiro'],
    },
    body: `${greeting}<p>O pagamento foi identificado e está tudo certo. Obrigado!</p>${signature}`,
    actions: [{ do: 'setStatus', value: 'resolved' }],
  },
  {
    ...{ name: 'Pedir foto do erro', folder: 'Suporte', shortcut: 'foto', teams: ['suporte'] },
    body: `${greeting}<p>Para adiantar o atendimento, você consegue mandar uma foto da tela com a mensagem de erro e dizer o modelo do equipamento?</p>${signature}`,
    actions: [{ do: 'setStatus', value: 'waiting' }],
  },
  {
    ...{ name: 'Visita técnica a combinar', folder: 'Suporte', shortcut: 'visita', teams: ['suporte'] },
    body: `${greeting}<p>Vamos precisar de uma visita técnica.{% if customer.tier == "VIP" %} Pelo seu contrato, ela tem prioridade na agenda.{% endif %} Qual é o melhor período para você: manhã ou tarde?</p>${signature}`,
    actions: [
      { do: 'setStatus', value: 'waiting' },
      { do: 'addTags', value: ['visita técnica'] },
    ],
  },
  {
    ...{ name: 'Urgência na loja do cliente', folder: 'Suporte', shortcut: null, teams: [] },
    body: '',
    actions: [
      { do: 'setPriority', value: 'urgent' },
      { do: 'addNote', value: '{{ customer.name }} está com a loja parada. Ligar antes de escrever.' },
    ],
  },
]

/** @returns their ids by their shortcuts. */
export async function seedMacros(
  services: Services,
  admin: Viewer,
  teamIds: Record<TeamKey, string>,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { teams, ...macro } of macros) {
    const { id } = await services.macros.create(admin, {
      ...macro,
      teamIds: teams.map((team) => teamIds[team]),
    })
    if (macro.shortcut) ids.set(macro.shortcut, id)
  }
  return ids
}
