/** Reads what an exchange posts, by whichever of the usual names. Pure. */
import { extensionSchema, recordingUrlSchema, type CallDirection, type CallEvent } from './contract.ts'
import type { HookProblem } from './hook-words.contract.ts'

export interface HookReport {
  event: CallEvent
  callId: string | null
  number: string
  /** More than one when several phones are named at once. */
  extensions: string[]
  direction: CallDirection | null
  recordingUrl: string | null
  /** How long they spoke, of a call that is told of only when it is over. Milliseconds. */
  talkMs: number
  /** Milliseconds UTC. */
  at: number | null
}

export class HookRefusal extends Error {
  readonly status: number
  readonly problem: HookProblem
  /** What the words name: the value that can't be read. */
  readonly value: string

  constructor(status: number, problem: HookProblem, value = '') {
    super(problem)
    this.name = 'HookRefusal'
    this.status = status
    this.problem = problem
    this.value = value.slice(0, 80)
  }
}

const EVENTS: Record<CallEvent, readonly string[]> = {
  incoming: [
    ...[
      'incoming',
      'ringing',
      'ring',
      'start',
      'started',
      'new',
      'newcall',
      'callstart',
      'inbound',
      'offered',
    ],
    ...['outgoing', 'outbound', 'dial', 'dialing', 'dialling', 'calling'],
  ],
  answered: [
    ...['answered', 'answer', 'connected', 'connect', 'pickup', 'up', 'established', 'bridged', 'talking'],
    ...['pickupincoming', 'pickupoutgoing', 'inprogress'],
  ],
  transferred: [
    'transferred',
    'transfer',
    'forwarded',
    'forward',
    'moved',
    'blindtransfer',
    'attendedtransfer',
  ],
  ended: [
    ...['ended', 'end', 'hangup', 'hungup', 'finished', 'finish', 'completed', 'complete', 'callend'],
    ...['disconnect', 'disconnected', 'terminated', 'bye', 'released'],
  ],
  missed: [
    ...['missed', 'noanswer', 'unanswered', 'abandoned', 'abandon', 'cancel', 'canceled', 'cancelled'],
    ...['busy', 'rejected', 'failed', 'lost'],
  ],
}
const OUTGOING = new Set(['outgoing', 'outbound', 'dial', 'dialing', 'dialling', 'calling', 'pickupoutgoing'])
const eventNames = new Map(
  Object.entries(EVENTS).flatMap(([event, names]) =>
    names.map((name) => [name, event as CallEvent] as const),
  ),
)
const DIRECTIONS: Record<CallDirection, readonly string[]> = {
  in: ['in', 'inbound', 'incoming', 'entrada', 'recebida', 'entrante'],
  out: ['out', 'outbound', 'outgoing', 'saida', 'efetuada', 'saliente'],
}

/** The documented name first; the rest is what exchanges say on their own. */
const FIELDS = {
  event: ['event', 'eventtype', 'callstatus', 'callstate', 'status', 'state', 'type', 'action'],
  callId: ['callid', 'linkedid', 'uniqueid', 'calluuid', 'calluniqueid', 'uuid', 'sessionid', 'chid', 'id'],
  number: ['number', 'phone', 'phonenumber', 'remotenumber', 'remote'],
  caller: ['callerid', 'calleridnum', 'callernumber', 'caller', 'from', 'ani', 'cid', 'src'],
  called: ['to', 'called', 'callee', 'callednumber', 'dialednumber', 'destination', 'dst'],
  extension: [
    'extension',
    'exten',
    'ext',
    'ramal',
    'anexo',
    'interno',
    'user',
    'agent',
    'peer',
    'device',
    'dstchannel',
  ],
  direction: ['direction', 'dir', 'calldirection'],
  recordingUrl: ['recordingurl', 'recording', 'recordurl', 'recordingfile'],
  talkMs: ['talkseconds', 'billsec', 'billableseconds', 'talktime'],
  at: ['at', 'timestamp', 'time', 'date', 'datetime'],
} as const

const EXTENSIONS_AT_ONCE = 50

/** @throws HookRefusal in words for whoever sets the exchange up */
export function readReport(body: unknown): HookReport {
  const fields = fieldsOf(body)
  const said = fields('event')
  if (said === '') throw new HookRefusal(400, 'event_missing')
  const word = plain(said)
  const event = eventNames.get(word)
  if (!event) throw new HookRefusal(400, 'event_unknown', said)
  const direction = readDirection(fields('direction')) ?? (OUTGOING.has(word) ? 'out' : null)
  const [near, far] = direction === 'out' ? (['caller', 'called'] as const) : (['called', 'caller'] as const)
  const report: HookReport = {
    event,
    callId: fields('callId').slice(0, 200) || null,
    number: fields('number') || fields(far),
    extensions: readExtensions(fields('extension') || (direction === 'out' ? fields(near) : '')),
    direction,
    recordingUrl: readRecording(fields('recordingUrl')),
    talkMs: readTalk(fields('talkMs')),
    at: readInstant(fields('at')),
  }
  if (report.number.length > 200) throw new HookRefusal(400, 'number_too_long')
  if (report.callId === null && report.number === '' && report.extensions.length === 0)
    throw new HookRefusal(400, 'nothing_told')
  return report
}

function fieldsOf(body: unknown): (field: keyof typeof FIELDS) => string {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new HookRefusal(400, 'body_no_object')
  const given = new Map(Object.entries(body).map(([name, value]: [string, unknown]) => [plain(name), value]))
  return (field) => {
    for (const name of FIELDS[field]) {
      const value = given.get(name)
      if (value === undefined || value === null || value === '') continue
      if (typeof value !== 'string' && typeof value !== 'number')
        throw new HookRefusal(400, 'field_no_text', name)
      // A line break must not become part of a number or a link.
      const text = String(value)
        .replace(/\p{Cc}/gu, ' ')
        .trim()
      if (text !== '') return text
    }
    return ''
  }
}

/** `Call_ID`, `callId` and `call-id` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

function readDirection(text: string): CallDirection | null {
  if (text === '') return null
  const word = plain(text.normalize('NFD'))
  if (DIRECTIONS.out.includes(word)) return 'out'
  if (DIRECTIONS.in.includes(word)) return 'in'
  throw new HookRefusal(400, 'direction_unknown', text)
}

/** `PJSIP/201-0000001a`, `sip:201@pbx`, `SIP/201&SIP/202` or `201, 202`. */
function readExtensions(text: string): string[] {
  const names = text
    .split(/[&,|]/)
    .map(bareExtension)
    .filter((name) => name !== '')
  const odd = names.find((name) => !extensionSchema.safeParse(name).success)
  if (odd !== undefined || names.length > EXTENSIONS_AT_ONCE)
    throw new HookRefusal(400, 'extension_unreadable', odd ?? text)
  return [...new Set(names)]
}

const bareExtension = (text: string): string =>
  text
    .trim()
    .replace(/^<|>$/g, '')
    .replace(/^(pjsip|sip|sips|iax2?|local|sccp|dahdi|webrtc|ramal|ext)[/:\s]+/i, '')
    .replace(/[@;/].*$/, '')
    .replace(/-[0-9a-f]{8,}$/i, '')

function readRecording(text: string): string | null {
  if (text === '') return null
  if (!recordingUrlSchema.safeParse(text).success) throw new HookRefusal(400, 'recording_no_link', text)
  return text
}

const DAY_SECONDS = 24 * 60 * 60

function readTalk(text: string): number {
  const seconds = Number(text)
  if (Number.isNaN(seconds) || seconds < 0 || seconds > DAY_SECONDS)
    throw new HookRefusal(400, 'talk_unreadable', text)
  return Math.round(seconds * 1_000)
}

/** ISO 8601, or seconds or milliseconds since 1970. */
function readInstant(text: string): number | null {
  if (text === '') return null
  const number = Number(text)
  const at = Number.isNaN(number)
    ? Date.parse(text)
    : number < 1e11
      ? Math.round(number * 1_000)
      : Math.round(number)
  if (Number.isNaN(at) || at < 0) throw new HookRefusal(400, 'at_unreadable', text)
  return at
}
