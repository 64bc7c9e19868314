import { z } from 'zod'
import { fieldValueSchema, keySchema, levels } from '../catalog/contract.ts'
import { idSchema } from '../ids.ts'
import { assignSchema } from '../routing/contract.ts'

/** A row by its id or, for presets, its key. */
const ref = z.string().trim().min(1).max(60)
const tagNames = z.array(z.string().trim().min(1).max(50)).min(1).max(20)
/** A template; see `templates/`. */
const template = z.string().trim().min(1, 'rule.text_missing').max(20_000)
const shortTemplate = z.string().trim().min(1, 'rule.text_missing').max(500)

/** `agent` is the ticket's own, `supervisors` includes administrators; anything else is an agent's id. */
export const notifySchema = z.union([z.enum(['agent', 'team', 'supervisors']), idSchema])
export type Notify = z.infer<typeof notifySchema>
const audience = z.array(notifySchema).min(1, 'rule.nobody_told').max(20)

/** Five years of minutes at most. */
export const delaySchema = z.strictObject({
  minutes: z.int('sla.minutes_whole').min(1, 'input.too_small').max(2_628_000, 'input.too_big'),
  /** Counted in open hours: those of the ticket's team, else of its promise, else of `calendarId`. */
  business: z.boolean().default(false),
  calendarId: idSchema.nullish(),
})
export type Delay = z.infer<typeof delaySchema>

/** What sets a ticket's own properties: rules, macros and escalation levels all may. */
export const propertyActions = [
  z.strictObject({ do: z.literal('setPriority'), value: ref }),
  z.strictObject({ do: z.literal('setStatus'), value: ref }),
  z.strictObject({ do: z.literal('setTeam'), value: ref.nullable() }),
  z.strictObject({ do: z.literal('setAgent'), value: ref.nullable() }),
  z.strictObject({ do: z.literal('setType'), value: ref.nullable() }),
  z.strictObject({ do: z.literal('setCategory'), value: ref.nullable() }),
  z.strictObject({ do: z.literal('setUrgency'), value: z.enum(levels).nullable() }),
  z.strictObject({ do: z.literal('setImpact'), value: z.enum(levels).nullable() }),
  z.strictObject({
    do: z.literal('setField'),
    /** Of a custom field; null clears it. */
    value: z.strictObject({ key: keySchema, value: fieldValueSchema }),
  }),
  z.strictObject({
    do: z.literal('setDue'),
    /** A date as somebody sets it by hand: so long after the act. Null leaves the ticket to its promises. */
    value: z.strictObject({ after: delaySchema }).nullable(),
  }),
  z.strictObject({ do: z.literal('addTags'), value: tagNames }),
  z.strictObject({ do: z.literal('removeTags'), value: tagNames }),
  z.strictObject({ do: z.literal('close'), value: z.null().default(null) }),
] as const
export type PropertyAction = z.infer<(typeof propertyActions)[number]>

/** What only the desk by itself does. Texts are templates. */
const deskActions = [
  z.strictObject({ do: z.literal('addNote'), value: template }),
  z.strictObject({ do: z.literal('reply'), value: template }),
  z.strictObject({ do: z.literal('assign'), value: assignSchema }),
  z.strictObject({ do: z.literal('notify'), value: z.strictObject({ to: audience, text: shortTemplate }) }),
  z.strictObject({
    do: z.literal('raiseAlert'),
    value: z.strictObject({
      severity: z.enum(['info', 'warning', 'urgent']),
      to: audience,
      text: shortTemplate,
    }),
  }),
  z.strictObject({ do: z.literal('webhook'), value: idSchema }),
  z.strictObject({
    do: z.literal('remind'),
    value: z.strictObject({ after: delaySchema, to: audience, text: shortTemplate }),
  }),
  z.strictObject({
    do: z.literal('followUp'),
    /** A message to the customer after a while; called off when the customer writes before. */
    value: z.strictObject({ after: delaySchema, text: template }),
  }),
  z.strictObject({
    do: z.literal('mergeInto'),
    /** The requester's oldest ticket that is still open and not this one; none, nothing happens. */
    value: z.enum(['oldestOpenOfRequester', 'oldestOpenSameSubject']),
  }),
  z.strictObject({
    do: z.literal('applySuggestion'),
    value: z.strictObject({
      field: z.enum(['type', 'category', 'priority']),
      /** Share of similar tickets that agree, 0–1. */
      minConfidence: z.number().min(0.5).max(1),
    }),
  }),
  /** No later rule is asked any more. */
  z.strictObject({ do: z.literal('stop'), value: z.null().default(null) }),
] as const

export const ruleActionSchema = z.discriminatedUnion('do', [...propertyActions, ...deskActions])
export type RuleAction = z.infer<typeof ruleActionSchema>
