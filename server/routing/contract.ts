import { z } from 'zod'
import { idSchema } from '../ids.ts'

/** How the one is chosen among those who could take a ticket. */
export const strategies = ['leastLoaded', 'roundRobin', 'mostSkilled'] as const
export type Strategy = (typeof strategies)[number]

const skillNeed = z.strictObject({
  name: z.string().trim().min(1).max(40),
  /** 1 beginner – 5 expert. */
  level: z.int().min(1).max(5).default(1),
})

/** Whom a ticket is given to: who may take it, who of them comes first, and whether they are asked. */
export const assignSchema = z.strictObject({
  strategy: z.enum(strategies).default('leastLoaded'),
  /** Among whom; null is the ticket's own team, and without one everybody. */
  teamId: idSchema.nullish(),
  skills: z.array(skillNeed).max(10).default([]),
  /** Only those who speak the language that the customer wrote in. */
  language: z.boolean().default(false),
  /** Those who look after the customer's tier come first. */
  tier: z.boolean().default(false),
  /** Whoever had the customer's last ticket comes first, while on duty. */
  lastAgent: z.boolean().default(false),
  /** `assign` gives it; `offer` asks, and goes on to the next when refused or not answered. */
  mode: z.enum(['assign', 'offer']).default('assign'),
  offerSeconds: z.int().min(15).max(600).default(45),
})
export type Assign = z.infer<typeof assignSchema>
