import { matters, rareSentences } from './phrases.ts'
import type { Random } from './random.ts'
import { familyNames, givenNames, slots } from './vocabulary.ts'

/** As the composer makes it, and as the server keeps it beside that. */
interface Words {
  html: string
  text: string
}

/** The words of one ticket: what the customer says, what is answered, what stays in the office. */
export interface TicketText {
  subject: string
  request: Words
  reply: Words
  note: Words
}

/** Writes a ticket about the matter of `team` (an index); `rare` puts the searched word into it. */
export function writeTicket(random: Random, team: number, rare: boolean): TicketText {
  const matter = matters[team % matters.length]?.matter
  if (!matter) throw new Error(`No matter for team ${team}.`)
  const details = random.sample(matter.details, random.between(2, 4))
  if (rare) details.push(random.pick(rareSentences))
  return {
    subject: fill(random, random.pick(matter.subjects)),
    request: paragraphs(
      `${fill(random, random.pick(matter.openings))} ${details.map((detail) => fill(random, detail)).join(' ')}`,
      `Obrigado, ${personName(random)}`,
    ),
    reply: paragraphs(
      fill(random, random.pick(matter.replies)),
      'Ficamos à disposição. Se preferir, ligue e informe o número do protocolo.',
    ),
    note: paragraphs(fill(random, random.pick(matter.notes))),
  }
}

export const personName = (random: Random) =>
  `${random.pick(givenNames)} ${random.pick(familyNames)} ${random.pick(familyNames)}`

/** A mobile number of Minas Gerais in E.164; `index` makes it unique up to 90 million. */
export const phoneNumber = (index: number) => `+55319${String(10_000_000 + index)}`

const paragraphs = (...texts: string[]): Words => ({
  html: texts.map((text) => `<p>${text}</p>`).join(''),
  text: texts.join('\n\n'),
})

function fill(random: Random, phrase: string): string {
  return phrase.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
    const choices = slots[slot]
    return choices ? random.pick(choices) : generated(random, slot)
  })
}

/** Numbers and names: in real desks they make most of the vocabulary. */
function generated(random: Random, slot: string): string {
  switch (slot) {
    case 'nome':
      return `${random.pick(givenNames)} ${random.pick(familyNames)}`
    case 'hora':
      return `${random.between(8, 18)}h${String(random.below(60)).padStart(2, '0')}`
    case 'pedido':
      return String(random.between(100_000, 999_999))
    case 'serie':
      return `BR${random.between(10_000, 99_999)}${random.pick(['X', 'K', 'P', 'T'])}${random.between(100, 999)}`
    case 'erro':
      return `${random.pick(['0x', 'E-', 'C'])}${random.between(1_000, 9_999)}`
    case 'valor':
      return `${random.between(1, 9)}.${random.between(100, 999)},${random.between(10, 99)}`
    case 'contador':
      return `${random.between(10, 320)}.${random.between(100, 999)}`
    default:
      throw new Error(`No words for the slot {${slot}}.`)
  }
}
