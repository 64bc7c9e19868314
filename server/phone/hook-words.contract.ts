/** What the hook tells whoever sets an exchange up, in the office's language. */
import type { Locale } from '../settings/contract.ts'

export type HookProblem =
  | 'key_missing'
  | 'key_in_address'
  | 'key_unknown'
  | 'too_many'
  | 'content_type'
  | 'too_large'
  | 'body_unreadable'
  | 'body_no_object'
  | 'field_no_text'
  | 'event_missing'
  | 'event_unknown'
  | 'nothing_told'
  | 'number_too_long'
  | 'extension_unreadable'
  | 'direction_unknown'
  | 'recording_no_link'
  | 'talk_unreadable'
  | 'at_unreadable'

/** `value` is what could not be read. */
export const hookWords = (locale: Locale, problem: HookProblem, value: string): string =>
  words[locale][problem].replace('{value}', () => value)

const words: Record<Locale, Record<HookProblem, string>> = {
  'pt-BR': {
    key_missing:
      'Falta a chave. Envie-a no cabeçalho "Authorization: Bearer CHAVE" ou "X-Balcao-Key: CHAVE". Crie uma em Configurações > Telefonia.',
    key_in_address:
      'A chave não pode ir no endereço, que fica em registros. Envie-a no cabeçalho "X-Balcao-Key". Revogue esta e crie outra.',
    key_unknown: 'Esta chave não existe ou foi revogada. Veja as chaves em Configurações > Telefonia.',
    too_many: 'Eventos demais em pouco tempo. Envie de novo daqui a alguns segundos.',
    content_type:
      'Envie o corpo como "application/json" ou "application/x-www-form-urlencoded", e diga qual no cabeçalho "Content-Type".',
    too_large: 'O corpo é grande demais para um evento de ligação.',
    body_unreadable: 'O corpo não é um JSON válido. Confira aspas e vírgulas.',
    body_no_object: 'O corpo deve ter campos com nome, como {"event":"incoming","number":"11987654321"}.',
    field_no_text: 'O campo "{value}" deve ser um texto ou um número.',
    event_missing: 'Falta o campo "event": incoming, answered, transferred, ended ou missed.',
    event_unknown: 'O campo "event" diz "{value}". Use incoming, answered, transferred, ended ou missed.',
    nothing_told:
      'Informe ao menos um destes: "call_id", "number" ou "extension". Sem eles não há como saber de que ligação se trata.',
    number_too_long: 'O campo "number" é longo demais para um número.',
    extension_unreadable: 'O campo "extension" diz "{value}", que não é um ramal. Use só o ramal, como 201.',
    direction_unknown: 'O campo "direction" diz "{value}". Use in ou out.',
    recording_no_link:
      'O campo "recording_url" diz "{value}". Use um endereço que comece com http:// ou https://.',
    talk_unreadable: 'O campo "talk_seconds" diz "{value}". Use os segundos de conversa, como 95.',
    at_unreadable:
      'O campo "at" diz "{value}". Use ISO 8601 (2026-03-09T14:30:00-03:00) ou segundos desde 1970, ou deixe-o de fora.',
  },
  en: {
    key_missing:
      'The key is missing. Send it in the header "Authorization: Bearer KEY" or "X-Balcao-Key: KEY". Create one in Settings > Telephony.',
    key_in_address:
      'The key must not be in the address, which ends up in logs. Send it in the header "X-Balcao-Key". Revoke this one and create another.',
    key_unknown: 'There is no such key, or it was revoked. See the keys in Settings > Telephony.',
    too_many: 'Too many events in a short time. Send it again in a few seconds.',
    content_type:
      'Send the body as "application/json" or "application/x-www-form-urlencoded", and say which in the header "Content-Type".',
    too_large: 'The body is too large for an event of a call.',
    body_unreadable: 'The body is not valid JSON. Check quotes and commas.',
    body_no_object: 'The body must have named fields, such as {"event":"incoming","number":"11987654321"}.',
    field_no_text: 'The field "{value}" must be a text or a number.',
    event_missing: 'The field "event" is missing: incoming, answered, transferred, ended or missed.',
    event_unknown: 'The field "event" says "{value}". Use incoming, answered, transferred, ended or missed.',
    nothing_told:
      'Give at least one of "call_id", "number" or "extension". Without them nobody can know which call it is about.',
    number_too_long: 'The field "number" is too long for a number.',
    extension_unreadable:
      'The field "extension" says "{value}", which is no extension. Use the extension alone, such as 201.',
    direction_unknown: 'The field "direction" says "{value}". Use in or out.',
    recording_no_link:
      'The field "recording_url" says "{value}". Use an address that begins with http:// or https://.',
    talk_unreadable: 'The field "talk_seconds" says "{value}". Use the seconds that they spoke, such as 95.',
    at_unreadable:
      'The field "at" says "{value}". Use ISO 8601 (2026-03-09T14:30:00-03:00) or seconds since 1970, or leave it out.',
  },
  es: {
    key_missing:
      'Falta la clave. Envíela en el encabezado "Authorization: Bearer CLAVE" o "X-Balcao-Key: CLAVE". Cree una en Configuración > Telefonía.',
    key_in_address:
      'La clave no puede ir en la dirección, que queda en registros. Envíela en el encabezado "X-Balcao-Key". Revoque esta y cree otra.',
    key_unknown: 'Esta clave no existe o fue revocada. Vea las claves en Configuración > Telefonía.',
    too_many: 'Demasiados eventos en poco tiempo. Envíelo de nuevo en unos segundos.',
    content_type:
      'Envíe el cuerpo como "application/json" o "application/x-www-form-urlencoded", y diga cuál en el encabezado "Content-Type".',
    too_large: 'El cuerpo es demasiado grande para un evento de llamada.',
    body_unreadable: 'El cuerpo no es un JSON válido. Revise comillas y comas.',
    body_no_object:
      'El cuerpo debe tener campos con nombre, como {"event":"incoming","number":"11987654321"}.',
    field_no_text: 'El campo "{value}" debe ser un texto o un número.',
    event_missing: 'Falta el campo "event": incoming, answered, transferred, ended o missed.',
    event_unknown: 'El campo "event" dice "{value}". Use incoming, answered, transferred, ended o missed.',
    nothing_told:
      'Indique al menos uno: "call_id", "number" o "extension". Sin ellos no se sabe de qué llamada se trata.',
    number_too_long: 'El campo "number" es demasiado largo para un número.',
    extension_unreadable:
      'El campo "extension" dice "{value}", que no es un anexo. Use solo el anexo, como 201.',
    direction_unknown: 'El campo "direction" dice "{value}". Use in u out.',
    recording_no_link:
      'El campo "recording_url" dice "{value}". Use una dirección que empiece con http:// o https://.',
    talk_unreadable: 'El campo "talk_seconds" dice "{value}". Use los segundos de conversación, como 95.',
    at_unreadable:
      'El campo "at" dice "{value}". Use ISO 8601 (2026-03-09T14:30:00-03:00) o segundos desde 1970, o déjelo fuera.',
  },
}
