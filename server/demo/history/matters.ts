import type { AgentKey, TeamKey, Thread } from '../script.ts'

/** What comes up at the office again and again; `{}` in a text is one of `about`. */
export interface Matter {
  /** So often among all. */
  weight: number
  team: TeamKey
  agents: AgentKey[]
  type: Thread['type']
  category: string
  tags?: string[]
  about: string[]
  subjects: string[]
  texts: string[]
  answers: string[]
  /** The shortcut of a ready answer that is used for it. */
  macro?: string
}

const suporte = { team: 'suporte', agents: ['camila', 'diego', 'bruno'], type: 'technical_support' } as const
const vendas = { team: 'vendas', agents: ['elisa', 'elisa', 'ana'], type: 'sales' } as const
const financeiro = { team: 'financeiro', agents: ['fabio'], type: 'customer_service' } as const

const copiers = ['da secretaria', 'da recepção', 'do financeiro', 'da sala dos professores', 'do 2º andar']
const machines = ['do caixa', 'da recepção', 'da diretoria', 'do estoque', 'da sala 3']
const goods = ['papel A4', 'cartuchos', 'pastas suspensas', 'toner compatível', 'etiquetas', 'cadernos']

export const matters: readonly Matter[] = [
  {
    ...{ ...suporte, agents: [...suporte.agents], weight: 9, category: 'Impressoras > Toner e suprimentos' },
    tags: ['locação'],
    about: copiers,
    subjects: ['Toner acabando na impressora {}', 'Pedido de toner para a impressora {}'],
    texts: ['A impressora {} avisa que o toner está no fim. Podem mandar outro?'],
    answers: ['O toner sai hoje com o motoboy. O vazio ele já recolhe na volta.'],
  },
  {
    ...{ ...suporte, agents: [...suporte.agents], weight: 8, category: 'Impressoras > Atolamento' },
    about: copiers,
    subjects: ['Papel preso na impressora {}', 'Impressora {} atola toda hora'],
    texts: ['A impressora {} puxa duas folhas e trava. Já tiramos o papel e volta a acontecer.'],
    answers: [
      'Era o rolete gasto: foi trocado na visita e testamos cinquenta folhas sem falha.',
      'O papel estava úmido. Com a resma nova não atolou mais; guardem as abertas longe da janela.',
    ],
    macro: 'foto',
  },
  {
    ...{
      ...suporte,
      agents: [...suporte.agents],
      weight: 6,
      category: 'Impressoras > Qualidade de impressão',
    },
    about: copiers,
    subjects: ['Impressão manchada na máquina {}', 'Faixa clara nas folhas da impressora {}'],
    texts: ['As folhas da impressora {} saem com uma faixa no lado direito, até na cópia.'],
    answers: ['Limpamos o laser e trocamos o cilindro. As folhas de teste saíram sem faixa.'],
    macro: 'foto',
  },
  {
    ...{
      ...suporte,
      agents: [...suporte.agents],
      weight: 6,
      category: 'Impressoras > Rede e digitalização',
    },
    about: copiers,
    subjects: ['Digitalização não chega na pasta, impressora {}', 'Impressora {} sumiu da rede'],
    texts: ['Desde cedo a impressora {} não manda mais o PDF para a pasta compartilhada.'],
    answers: ['A senha da pasta tinha vencido. Gravei a nova na máquina e o teste chegou.'],
  },
  {
    ...{ ...suporte, agents: [...suporte.agents], weight: 6, category: 'Computadores > Lentidão' },
    about: machines,
    subjects: ['Computador {} muito lento', 'Computador {} demora para abrir o sistema'],
    texts: ['O computador {} leva uns dez minutos para abrir o sistema de manhã.'],
    answers: ['O disco estava no fim. Com o SSD novo ele liga em vinte segundos.'],
  },
  {
    ...{ ...suporte, agents: [...suporte.agents], weight: 5, category: 'Computadores > Não liga' },
    about: machines,
    subjects: ['Computador {} não liga', 'Tela preta no computador {}'],
    texts: ['O computador {} acende a luz, mas a tela fica preta.'],
    answers: ['Era a memória mal encaixada; limpei os contatos e está ligando normalmente.'],
    tags: ['garantia'],
  },
  {
    ...{ ...suporte, agents: [...suporte.agents], weight: 7, category: 'Computadores > Programas e senhas' },
    about: machines,
    subjects: ['Senha bloqueada no computador {}', 'Não consigo entrar no Windows, máquina {}'],
    texts: ['Trocaram a senha do computador {} e agora ninguém entra.'],
    answers: ['Senha redefinida por acesso remoto. Na primeira entrada ele pede uma nova.'],
  },
  {
    ...{ ...suporte, agents: [...suporte.agents], weight: 10, category: 'Rede e internet > Wi-Fi' },
    about: ['da recepção', 'das salas do fundo', 'do auditório', 'do 2º andar', 'dos hóspedes'],
    subjects: ['Wi-Fi {} cai toda hora', 'Sinal fraco no Wi-Fi {}'],
    texts: ['O Wi-Fi {} cai toda tarde e só volta quando desligamos o roteador da tomada.'],
    answers: ['O canal estava lotado. Mudei para um livre e o sinal ficou estável a tarde toda.'],
    tags: ['reincidente'],
  },
  {
    ...{ ...suporte, agents: [...suporte.agents], weight: 4, category: 'Rede e internet > E-mail' },
    about: ['do celular', 'da secretaria', 'do financeiro'],
    subjects: ['E-mail {} não envia', 'Mensagens {} voltam com erro'],
    texts: ['As mensagens do e-mail {} voltam dizendo que a caixa está cheia.'],
    answers: ['Arquivei as mensagens antigas e aumentei a caixa. O teste saiu e chegou.'],
  },
  {
    ...{ ...vendas, agents: [...vendas.agents], weight: 9, category: 'Pedidos > Orçamento' },
    about: goods,
    subjects: ['Orçamento de {}', 'Cotação de {} para o mês'],
    texts: ['Podem mandar o preço de {} para entrega ainda esta semana?'],
    answers: ['Segue o orçamento, válido por dez dias. Acima de R$ 300 a entrega é por nossa conta.'],
    macro: 'recebemos',
  },
  {
    ...{ ...vendas, agents: [...vendas.agents], weight: 7, category: 'Pedidos > Entrega' },
    about: goods,
    subjects: ['Entrega de {} atrasada', 'Onde está o pedido de {}?'],
    texts: ['O pedido de {} era para ontem e não chegou. Sabem dizer quando vem?'],
    answers: ['O motoboy saiu agora com o pedido. Desculpe o atraso, o fornecedor entregou tarde.'],
  },
  {
    ...{ ...vendas, agents: [...vendas.agents], weight: 4, category: 'Pedidos > Troca e devolução' },
    about: goods,
    subjects: ['Troca de {}', 'Veio errado: {}'],
    texts: ['No pedido de ontem, {} veio diferente do que compramos. Como faço para trocar?'],
    answers: ['Pode trazer na loja com a nota ou deixar com o motoboy amanhã; a troca já está separada.'],
  },
  {
    ...{ ...financeiro, agents: [...financeiro.agents], weight: 9, category: 'Financeiro > Boletos' },
    about: ['deste mês', 'do mês passado', 'da locação', 'da última compra'],
    subjects: ['Segunda via do boleto {}', 'Boleto {} não chegou'],
    texts: ['Não recebi o boleto {}. Podem mandar a segunda via?'],
    answers: ['Segue a segunda via, com o mesmo vencimento.'],
    macro: 'boleto',
  },
  {
    ...{ ...financeiro, agents: [...financeiro.agents], weight: 5, category: 'Financeiro > Notas fiscais' },
    about: ['da locação', 'da última compra', 'do conserto', 'do pedido de papel'],
    subjects: ['Nota fiscal {}', 'Nota {} com dados errados'],
    texts: ['A nota {} saiu sem o número do pedido, e a contabilidade não aceita.'],
    answers: ['Cancelei a nota e emiti outra com o número do pedido. Já está no seu e-mail.'],
  },
]

/** What customers say when they are asked. */
export const praise = [
  'Atendimento rápido, obrigado!',
  'A moça explicou tudo com paciência.',
  'Resolveu na primeira ligação.',
]
export const complaints = [
  'Resolveu, mas tive de ligar duas vezes.',
  'Demorou mais do que prometeram.',
  'Já é a terceira vez que acontece.',
]
