/** Which address dials a customer's number, in the office's way. Pure. */
import type { ExtensionView, PhoneOptions } from '../../../server/phone/contract.ts'
import { dialUrl } from '../../../server/phone/dial.contract.ts'

/** What every system understands, until it is known what the office wants. */
const USUAL = 'tel:{e164}'

export interface DialFrom {
  /** Undefined while they are not known. */
  options: Pick<PhoneOptions, 'dialUrl'> | undefined
  extensions: readonly ExtensionView[]
  /** Who dials. */
  agentId: string | undefined
}

/** Null where numbers are no links: the office wants none, or its template asks for an extension that who dials has not. */
export function dialAddress(phone: string, { options, extensions, agentId }: DialFrom): string | null {
  const template = options === undefined ? USUAL : options.dialUrl
  if (template === null) return null
  const extension = extensions.find((each) => each.agentId === agentId)?.extension ?? null
  return dialUrl(template, { number: phone, e164: phone.startsWith('+') ? phone : null, extension })
}
