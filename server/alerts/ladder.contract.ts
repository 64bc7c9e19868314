/** How an urgent alert climbs that nobody acknowledges: from those it was raised to, to their team, to those who oversee the desk. */
import { z } from 'zod'

/** From the first on; whom an alert is raised to stands below. */
export const rungs = ['team', 'supervisors'] as const
export type Rung = (typeof rungs)[number]

/** Minutes since an urgent alert was first told; at most a day. */
const minutes = z.int().min(1, 'input.too_small').max(1_440, 'input.too_big')

export const ladderSettingsInput = z
  .strictObject({
    /** After how long the team is told; null: never. */
    teamMinutes: minutes.nullable(),
    /** After how long those who oversee the desk are told; null: never. */
    supervisorMinutes: minutes.nullable(),
  })
  .refine(
    ({ teamMinutes, supervisorMinutes }) =>
      teamMinutes === null || supervisorMinutes === null || teamMinutes < supervisorMinutes,
    { path: ['supervisorMinutes'], message: 'alert.ladder_order' },
  )
export type LadderSettings = z.infer<typeof ladderSettingsInput>
