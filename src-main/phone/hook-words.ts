/** What this computer's hook tells whoever sets a softphone up, where the server's words (`hook-words.contract.ts`) don't fit. */
import { hookWords, type HookProblem } from '../../server/phone/hook-words.contract.ts'
import type { Language } from '../ipc/contract.ts'

type OwnProblem =
  'host_unknown' | 'browser_refused' | 'not_found' | 'method' | 'key_missing' | 'key_unknown' | 'nobody_here'
export type LocalProblem = OwnProblem | HookProblem

/** `value` is what could not be read. */
export function localWords(language: Language, problem: LocalProblem, value: string): string {
  const own: Partial<Record<LocalProblem, string>> = words[language]
  return own[problem] ?? hookWords(language, problem as HookProblem, value)
}

const words: Record<Language, Record<OwnProblem, string>> = {
  'pt-BR': {
    host_unknown: 'Este endereço só atende por 127.0.0.1 ou localhost, com a porta.',
    browser_refused: 'Sites não podem avisar de ligações. Só programas de telefone deste computador.',
    not_found: 'Aqui só existe o endereço /hooks/phone.',
    method: 'Use GET ou POST.',
    key_missing:
      'Falta a chave. Envie-a no cabeçalho "X-Balcao-Key: CHAVE" ou no endereço, como key=CHAVE. Ela está em Configurações > Este computador.',
    key_unknown: 'Esta chave não vale, ou foi trocada. A atual está em Configurações > Este computador.',
    nobody_here: 'Ninguém entrou no Balcão neste computador. Entre e repita a ligação.',
  },
  en: {
    host_unknown: 'This address answers to 127.0.0.1 or localhost only, with the port.',
    browser_refused: 'Web sites may not tell of calls. Only telephone programs on this computer may.',
    not_found: 'There is nothing here but /hooks/phone.',
    method: 'Use GET or POST.',
    key_missing:
      'The key is missing. Send it in the header "X-Balcao-Key: KEY" or in the address, as key=KEY. It stands in Settings > This computer.',
    key_unknown: 'This key is not valid, or was renewed. The present one stands in Settings > This computer.',
    nobody_here: 'Nobody is signed in to Balcão on this computer. Sign in and repeat the call.',
  },
  es: {
    host_unknown: 'Esta dirección solo atiende por 127.0.0.1 o localhost, con el puerto.',
    browser_refused:
      'Los sitios web no pueden avisar de llamadas. Solo los programas de teléfono de este equipo.',
    not_found: 'Aquí solo existe la dirección /hooks/phone.',
    method: 'Use GET o POST.',
    key_missing:
      'Falta la clave. Envíela en el encabezado "X-Balcao-Key: CLAVE" o en la dirección, como key=CLAVE. Está en Configuración > Este equipo.',
    key_unknown: 'Esta clave no es válida o se renovó. La actual está en Configuración > Este equipo.',
    nobody_here: 'Nadie ha entrado en Balcão en este equipo. Entre y repita la llamada.',
  },
}
