/** What the page and the main process say to each other about the softphones of this computer. */
import { z } from 'zod'

const changes = z
  .strictObject({
    on: z.boolean(),
    port: z.int().min(1024).max(65_535),
  })
  .partial()
export type PhoneHookChanges = z.infer<typeof changes>

export const phoneHookArguments = {
  'phone-hook.get': z.tuple([]),
  /** Works at once; the answer is how things are then. */
  'phone-hook.set': z.tuple([changes]),
  /** Another key; the former one is refused from then on. */
  'phone-hook.renew': z.tuple([]),
} as const

/** `portTaken`: another program has the port; it is tried again by itself. `failed`: the system doesn't let this program listen. */
export type PhoneHookStep = 'off' | 'listening' | 'portTaken' | 'failed'

export interface PhoneHookView {
  readonly on: boolean
  readonly port: number
  /** Null until it was switched on for the first time. */
  readonly key: string | null
  readonly step: PhoneHookStep
}

export interface PhoneHookAnswers {
  'phone-hook.get': PhoneHookView
  'phone-hook.set': PhoneHookView
  'phone-hook.renew': PhoneHookView
}

export interface PhoneHookApi {
  get(): Promise<PhoneHookView>
  set(changes: PhoneHookChanges): Promise<PhoneHookView>
  renew(): Promise<PhoneHookView>
}
