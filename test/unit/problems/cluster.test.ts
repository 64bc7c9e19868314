import { describe, expect, it } from 'vitest'
import { threads } from '../../../server/demo/threads/index.ts'
import { cluster } from '../../../server/problems/cluster.ts'
import { Corpus, type Matter } from '../../../server/problems/vectors.ts'
import { Random } from '../../bench/random.ts'
import { writeTicket } from '../../bench/text.ts'

type Written = Omit<Matter, 'seq'> & { planted: string | null }

/** Four matters, each said in as many ways as people have. */
const planted: Record<string, { subjects: string[]; texts: string[] }> = {
  printer: {
    subjects: [
      'Impressora fiscal não imprime',
      'Impressora fiscal do caixa parada',
      'Cupom não sai da impressora fiscal',
    ],
    texts: [
      'A impressora fiscal acende a luz vermelha e o cupom não sai.',
      'Troquei a bobina e a impressora fiscal segue sem imprimir o cupom.',
    ],
  },
  login: {
    subjects: ['Senha do portal não funciona', 'Portal recusa minha senha', 'Esqueci a senha do portal'],
    texts: ['O portal diz que a senha está errada.', 'Pedi nova senha do portal e o link expirou.'],
  },
  invoice: {
    subjects: ['Boleto em duplicidade', 'Recebi o boleto duas vezes', 'Cobrança: boleto duplicado'],
    texts: [
      'O boleto de março chegou em duplicidade, com vencimentos diferentes.',
      'Há um boleto duplicado no meu e-mail; qual vencimento vale?',
    ],
  },
  english: {
    subjects: ['Delivery never arrived', 'My delivery is missing', 'Where is the delivery?'],
    texts: [
      'The tracking page says delivery completed but the parcel never arrived.',
      'Tracking shows a missing parcel, delivery was due on Monday.',
    ],
  },
}
const names = [
  'da matriz',
  'da loja do centro',
  'no balcão',
  'desde ontem',
  'com urgência',
  'na filial',
  'do estoque',
  '',
]

function plant(random: Random, matter: string): Written {
  const { subjects, texts } = planted[matter] as { subjects: string[]; texts: string[] }
  return {
    planted: matter,
    subject: `${random.pick(subjects)} ${random.pick(names)}`,
    text: `Bom dia, ${random.pick(texts)} ${random.pick(['Obrigado', 'Fico no aguardo', 'Ligar para 11 98765-4321'])}`,
    labels: [],
  }
}

/** The demonstration office's tickets as noise, and the matters among them. */
function corpusOf(seed: number, each: number): Written[] {
  const random = new Random(seed)
  const noise = threads.map((thread): Written => ({
    ...{ planted: null, subject: thread.subject, labels: [] },
    text: thread.text,
  }))
  const matters = Object.keys(planted).flatMap((matter) =>
    Array.from({ length: each }, () => plant(random, matter)),
  )
  return random.sample([...noise, ...matters], noise.length + matters.length)
}

function found(tickets: readonly Written[]) {
  const corpus = new Corpus()
  for (const ticket of tickets) corpus.add(ticket)
  return cluster(corpus.vectors(), 4).map(({ members, terms }) => ({
    tickets: members.map((member) => tickets[member] as Written),
    words: terms.slice(0, 5).map((term) => corpus.term(term)),
  }))
}

describe('recurring matters', () => {
  it.each([1, 2, 3])('are found among everything else, each by itself (%i)', (seed) => {
    const clusters = found(corpusOf(seed, 25))
    for (const matter of Object.keys(planted)) {
      const own = clusters.filter(
        ({ tickets }) => tickets.filter((each) => each.planted === matter).length > 12,
      )
      expect(own, matter).toHaveLength(1)
      const members = own[0]?.tickets ?? []
      const right = members.filter((each) => each.planted === matter).length
      expect(right / members.length, `${matter}: pure`).toBeGreaterThan(0.9)
      expect(right / 25, `${matter}: whole`).toBeGreaterThan(0.8)
    }
  })

  it('are called by the words that tell them from the others', () => {
    const clusters = found(corpusOf(4, 25))
    const wordsOf = (matter: string) =>
      clusters.find(({ tickets }) => tickets[0]?.planted === matter)?.words ?? []
    expect(wordsOf('printer')).toEqual(expect.arrayContaining(['impressora', 'fiscal']))
    expect(wordsOf('login')).toEqual(expect.arrayContaining(['senha', 'portal']))
    expect(wordsOf('invoice')).toEqual(expect.arrayContaining(['boleto']))
    expect(wordsOf('english')).toEqual(expect.arrayContaining(['delivery']))
  })

  it('are the same each time', () => {
    const tickets = corpusOf(5, 20)
    const shape = (clusters: ReturnType<typeof found>) =>
      clusters.map(({ tickets: members, words }) => [members.map(({ subject }) => subject), words])
    expect(shape(found(tickets))).toEqual(shape(found(tickets)))
  })

  it('stay what they are in whatever order tickets came', () => {
    const tickets = corpusOf(6, 25)
    const core = (list: readonly Written[]) =>
      found(list)
        .map(({ tickets: members }) => new Set(members))
        .filter((members) => members.size > 15)
    const [one, other] = [core(tickets), core(tickets.toReversed())]
    expect(other).toHaveLength(one.length)
    for (const members of one) {
      const shared = Math.max(
        ...other.map((each) => {
          const inBoth = [...each].filter((ticket) => members.has(ticket)).length
          return inBoth / (each.size + members.size - inBoth)
        }),
      )
      expect(shared).toBeGreaterThan(0.85)
    }
  })

  it('are none where every ticket is about something else', () => {
    const noise = corpusOf(7, 0)
    const inSome = found(noise).reduce((sum, { tickets }) => sum + tickets.length, 0)
    expect(inSome / noise.length).toBeLessThan(0.35)
    expect(found([])).toEqual([])
  })

  it('are found among ten thousand tickets in about a second', { timeout: 60_000 }, () => {
    const random = new Random(8)
    const tickets = Array.from({ length: 10_000 }, (_, index): Written => {
      const { subject, request } = writeTicket(random, index % 5, index % 100 === 0)
      return { planted: null, subject, text: request.text, labels: [] }
    })
    // The processor’s time: a busy machine has others to serve.
    const before = process.cpuUsage()
    const clusters = found(tickets)
    expect(clusters.length).toBeGreaterThan(25)
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(8_000)
  })
})
