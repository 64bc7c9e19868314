import texts from '../i18n/messages/pt-BR/errors.json' with { type: 'json' }

/** Texts by noun and what is wrong with it: `ticket.not_found`. */
const known: Record<string, Record<string, string>> = texts

/** The i18n key for a reason: its own text, else one for what is wrong with any noun, else one for the kind of failure. */
export function errorKey(reason: string, kind: 'offline' | 'refused' | 'fault'): string {
  const [noun = '', what = ''] = reason.split('.')
  if (known[noun]?.[what]) return `errors.${noun}.${what}`
  if (known['any']?.[what]) return `errors.any.${what}`
  return `errors.general.${kind}`
}
