import type { Policy } from '../../server/sla/policy.ts'

/** A policy for every ticket with one target, unless it is said otherwise. */
export const aPolicy = (parts: Partial<Policy> = {}): Policy => ({
  id: 'policy',
  name: 'Comercial',
  position: 1,
  when: null,
  calendarId: null,
  targets: [
    { priority: 'normal', firstResponseMinutes: 60, nextResponseMinutes: 120, resolutionMinutes: 480 },
  ],
  pauseOn: ['waiting'],
  pauseNextResponseOn: [],
  escalations: [],
  version: 1,
  archived: false,
  ...parts,
})
