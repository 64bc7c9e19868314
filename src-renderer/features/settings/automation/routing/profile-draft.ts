import type { ProfileView, UpdateProfile } from '../../../../../server/routing/contract.ts'
import type { Locale } from '../../../../../server/settings/contract.ts'
import { channels, type Channel } from '../../../../../server/tickets/filter.contract.ts'

/** A profile as its form holds it: numbers as they are typed, empty where nothing is set. */
export interface ProfileDraft {
  receives: boolean
  capacity: string
  channelCapacity: Record<Channel, string>
  skills: { name: string; level: number }[]
  languages: Locale[]
  tierIds: string[]
}

/** The fields that hold a number, as problems name them. */
export type NumberField = 'capacity' | Channel

const MAX_CAPACITY = 1_000

export const draftOf = (profile: ProfileView): ProfileDraft => ({
  receives: profile.receives,
  capacity: profile.capacity === null ? '' : String(profile.capacity),
  channelCapacity: Object.fromEntries(
    channels.map((channel) => [channel, String(profile.channelCapacity[channel] ?? '')]),
  ) as ProfileDraft['channelCapacity'],
  skills: profile.skills.map((skill) => ({ ...skill })),
  languages: [...profile.languages],
  tierIds: [...profile.tierIds],
})

/** Whole numbers in reach, or nothing at all. */
export const isCapacity = (text: string): boolean =>
  text.trim() === '' || (/^\d{1,4}$/.test(text.trim()) && Number(text) <= MAX_CAPACITY)

/** Which numbers are none. */
export function wrongNumbers({ capacity, channelCapacity }: ProfileDraft): NumberField[] {
  return [
    ...(isCapacity(capacity) ? [] : ['capacity' as const]),
    ...channels.filter((channel) => !isCapacity(channelCapacity[channel])),
  ]
}

/** The whole form for the server; call it once no number is wrong. */
export function profileOf(draft: ProfileDraft): Omit<UpdateProfile, 'agentId' | 'version'> {
  const numberIn = (text: string) => (text.trim() === '' ? null : Number(text))
  const limits = channels.flatMap((channel) => {
    const limit = numberIn(draft.channelCapacity[channel])
    return limit === null ? [] : [[channel, limit] as const]
  })
  return {
    receives: draft.receives,
    capacity: numberIn(draft.capacity),
    channelCapacity: Object.fromEntries(limits),
    skills: draft.skills,
    languages: draft.languages,
    tierIds: draft.tierIds,
  }
}
