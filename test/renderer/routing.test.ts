import { describe, expect, test } from 'vitest'
import type { DeskEvent } from '../../server/events/contract.ts'
import type { ProfileView } from '../../server/routing/contract.ts'
import { matterOf } from '../../server/alerts/matter.contract.ts'
import {
  draftOf,
  profileOf,
  wrongNumbers,
} from '../../src-renderer/features/settings/automation/routing/profile-draft.ts'
import type { EventNames } from '../../src-renderer/features/ticket/event-words.ts'
import { routingWords } from '../../src-renderer/features/ticket/routing-words.ts'

const profile: ProfileView = {
  ...{ agentId: 'bruno', version: 3, receives: true, capacity: null, load: 2 },
  channelCapacity: { chat: 2 },
  skills: [{ name: 'Redes', level: 4 }],
  ...{ languages: ['pt-BR'], tierIds: ['gold'] },
}

describe('the form of what an agent takes', () => {
  test('gives back what it was opened with', () => {
    const { agentId, version, load } = profile
    expect({ agentId, version, load, ...profileOf(draftOf(profile)) }).toEqual(profile)
  })

  test('takes an empty number for “as the office has it” and “no limit”', () => {
    const draft = { ...draftOf({ ...profile, capacity: 5 }), capacity: ' ' }
    draft.channelCapacity.chat = ''
    expect(profileOf(draft)).toMatchObject({ capacity: null, channelCapacity: {} })
  })

  test('says which numbers are none', () => {
    const draft = { ...draftOf(profile), capacity: '2,5' }
    draft.channelCapacity.phone = '1001'
    draft.channelCapacity.email = '0'
    expect(wrongNumbers(draft)).toEqual(['capacity', 'phone'])
  })
})

describe('in a ticket’s history', () => {
  const names = {
    agent: (id: string) => (id === 'bruno' ? 'Bruno' : null),
    unknown: '(removido)',
  } as EventNames
  const said = (type: string, data: Record<string, unknown>) =>
    routingWords({ type, data } as DeskEvent, names)

  test('whoever was given it is named, with why', () => {
    const because = { why: 'leastLoaded', load: 2, capacity: 10 }
    expect(said('routing.assigned', { agentId: 'bruno', because })).toMatchObject({
      ...{ sentence: 'distributed', to: 'Bruno', because },
    })
  })

  test.each([
    ['person', 'offerRefused'],
    ['time', 'offerMissed'],
    ['left', 'offerLeft'],
  ])('an offer that ended by %s says so', (via, sentence) => {
    expect(said('routing.refused', { agentId: 'gone', via })).toMatchObject({ sentence, to: '(removido)' })
  })

  test('what is not of the distribution is left to others', () => {
    expect(said('ticket.updated', {})).toBeNull()
  })
})

test('alerts of the distribution say what they are about', () => {
  expect(matterOf({ reason: 'routing.offer', data: {} }, 0)).toEqual({ kind: 'offer' })
  expect(matterOf({ reason: 'routing.nobody', data: { team: 'Loja' } }, 0)).toEqual({
    kind: 'nobody',
    team: 'Loja',
  })
  expect(matterOf({ reason: 'routing.nobody', data: { team: null } }, 0)).toEqual({
    kind: 'nobody',
    team: null,
  })
})
