import { z } from 'zod'
import { idSchema } from '../ids.ts'
import type { JobState, TryProblem, TryView } from '../jobs/contract.ts'
import type { Trigger } from '../rules/contract.ts'

export const URL_MAX = 2_000

/** Over the wire it is signed, not secret: names and passwords don't belong into an address. */
const urlSchema = z
  .string()
  .trim()
  .max(URL_MAX, 'input.too_big')
  .refine(isWebAddress, 'webhooks.url_invalid')
  .refine((url) => !hasCredentials(url), 'webhooks.url_credentials')

const webhookShape = { name: z.string().trim().min(1).max(80), url: urlSchema }

export const newWebhookInput = z.strictObject(webhookShape)
export type NewWebhook = z.infer<typeof newWebhookInput>

export const webhookChangesInput = z.strictObject({
  id: idSchema,
  /** The version that the change was made on; when it is given, a change on top of somebody else's is refused. */
  version: z.int().min(1).optional(),
  changes: z.strictObject(webhookShape).partial(),
})
export type WebhookChanges = z.infer<typeof webhookChangesInput>

export const webhookRef = z.strictObject({ id: idSchema })

export const listDeliveriesInput = z.strictObject({
  id: idSchema,
  cursor: z.int().min(1).nullish(),
  limit: z.int().min(1).max(100).default(50),
})
export type ListDeliveries = z.infer<typeof listDeliveriesInput>

/**
 * `idle`: nothing was sent yet. `failing`: the last try failed and there will be another. `dead`: what was sent last was given up.
 * `gone`: the other side said that the address is no more; nothing goes there until it changes.
 */
export type WebhookState = 'idle' | 'ok' | 'failing' | 'dead' | 'gone'

export interface WebhookView {
  id: string
  name: string
  /** Null for those who only choose among webhooks: an address may itself be a key. */
  url: string | null
  version: number
  archived: boolean
  createdAt: string
  state: WebhookState
  /** Of the last try. */
  lastAt: string | null
  lastStatus: number | null
  lastProblem: TryProblem | null
  /** Deliveries still to be made, and when the first of them is tried next. */
  waiting: number
  nextAt: string | null
  /** Deliveries that were given up and can be sent again. */
  dead: number
}

/** The one time that the secret is shown. */
export interface WebhookSecret {
  webhook: WebhookView
  secret: string
}

export interface TestResult {
  ok: boolean
  status: number | null
  /** How long it took, in milliseconds. */
  ms: number
  problem: TryProblem | null
  message: string | null
}

export interface DeliveryView {
  /** What the receiver sees as `id`, each time it is sent. */
  id: string
  type: string
  trigger: Trigger
  rule: { id: string; name: string }
  ticket: { id: string; number: string }
  createdAt: string
  state: JobState
  attempts: number
  /** When it is tried next; null when it is finished. */
  nextAt: string | null
  tries: TryView[]
}

export interface DeliveryPage {
  items: DeliveryView[]
  nextCursor: number | null
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}

function hasCredentials(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { username, password } = new URL(url)
  return username !== '' || password !== ''
}
