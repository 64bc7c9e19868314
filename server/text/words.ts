import { foldName } from '../catalog/fold-name.ts'

/** Words that say nothing about what a ticket is about, folded: grammar and courtesies in Portuguese, English and Spanish. */
const empty = new Set(
  `a as o os um uma uns umas de da das do dos em na nas no nos ao aos pelo pela por para pra com sem sob sobre entre ate desde e ou mas nem
  que se como quando onde porque pois qual quem cujo este esta esse essa isso isto aquele aquela aquilo ele ela eles elas eu nos voce voces
  me te lhe nos vos meu minha meus minhas seu sua seus suas nosso nossa ja nao sim mais menos muito muita pouco tambem so ainda agora hoje
  ontem amanha aqui ali la la foi era ser sou estou esta estao estamos estava tem temos tinha ter tenho ha fica ficou vai vou vamos pode
  podem posso poderia fazer faz fez quero queria gostaria preciso precisa precisamos favor obrigado obrigada obg grato grata bom boa dia
  tarde noite ola oi prezado prezada prezados senhor senhora sr sra att atenciosamente abraco abracos ajuda ajudar cliente diz disse liga
  ligou pede pediu quer quis informa informou reclama relata
  the an of in on at to for from by with without and or but not no yes is are was were be been am have has had do does did will would can
  could should may might i you he she it we they my your his her its our their this that these those there here what which who when where
  why how as if so than then now today please thanks thank regards hello hi dear good morning afternoon evening best kind sincerely help
  need want customer says said called
  el los las lo un una unos unas del al y pero porque cual quien cuando donde su sus mi mis tu tus nuestro nuestra ya si muy mas tambien
  aun ahora hoy ayer manana aqui alli fue es son soy esta estan hay tiene tenemos tengo puede pueden puedo hacer hace quiero quisiera
  necesito gracias saludos buenos buenas dias tardes noches hola estimado estimada senor senora ayuda cordialmente dice`
    .split(/\s+/)
    .filter(Boolean),
)

/** Enough for what a ticket is about; a pasted log must cost no more than a call's note. */
const MAX_TEXT = 1_200
const MAX_WORDS = 40
const SHORTEST = 3

/** So much of their words tickets of one cause have in common; in an ordinary office no two matters share more than a quarter. */
export const SIMILAR = 0.4

/** The words that tell what a text is about, each once: folded, without grammar and courtesies, numbers all alike. */
export function significantWords(text: string): Set<string> {
  const words = new Set<string>()
  for (const [word] of foldName(text.slice(0, MAX_TEXT)).matchAll(/[\p{L}\p{N}]+/gu)) {
    if (words.size >= MAX_WORDS) break
    const bare = word.replace(/\d+/g, '0')
    if (bare.length >= SHORTEST && !empty.has(bare)) words.add(singular(bare))
  }
  return words
}

/** Good enough in three languages: "boletos" is "boleto", "invoices" is "invoice". */
const singular = (word: string) => (word.length > 4 && word.endsWith('s') ? word.slice(0, -1) : word)

/** How much two sets of words have in common: what both have of what either has, 0–1. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  let shared = 0
  for (const word of few) if (many.has(word)) shared += 1
  return overlap(shared, a.size, b.size)
}

export const overlap = (shared: number, sizeA: number, sizeB: number): number =>
  shared === 0 ? 0 : shared / (sizeA + sizeB - shared)
