import { LANGUAGES, type Language } from './ipc/contract.ts'

/** The first of the system's languages that we speak; Portuguese, the original, when there is none. */
export function chooseLanguage(wanted: readonly string[]): Language {
  const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? ''
  for (const tag of wanted) {
    const spoken = LANGUAGES.find((language) => primary(language) === primary(tag))
    if (spoken) return spoken
  }
  return 'pt-BR'
}
