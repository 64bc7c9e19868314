import { describe, expect, it } from 'vitest'
import type { PeopleSnapshot } from '../../../server/access/people.ts'
import { canBeTold, decideRecipients, overseers } from '../../../server/alerts/recipients.ts'

type Agents = PeopleSnapshot['agents']
type Agent = Agents extends ReadonlyMap<string, infer A> ? A : never

const anAgent = (id: string, more: Partial<Agent> = {}): [string, Agent] => [
  id,
  {
    id,
    name: id,
    email: `${id}@ipe.example`,
    role: 'agent',
    active: true,
    teamIds: [],
    locale: null,
    ...more,
  },
]

const agents: Agents = new Map([
  anAgent('ana', { role: 'admin' }),
  anAgent('bruno', { teamIds: ['loja'] }),
  anAgent('carla', { teamIds: ['loja', 'oficina'] }),
  anAgent('davi', { teamIds: ['oficina'] }),
  anAgent('elisa', { teamIds: ['loja'], active: false }),
  anAgent('silvia', { role: 'supervisor' }),
  anAgent('tomas', { role: 'supervisor', active: false }),
])
const inShop = { teamId: 'loja', agentId: 'davi' }

describe('an alert goes to', () => {
  it.each<[string, Parameters<typeof decideRecipients>[0], Parameters<typeof decideRecipients>[1], string[]]>(
    [
      ['the ticket’s own agent, also one from another team', ['agent'], inShop, ['davi']],
      ['the active members of the ticket’s team', ['team'], inShop, ['bruno', 'carla']],
      ['supervisors and administrators', ['supervisors'], inShop, ['ana', 'silvia']],
      ['a named agent', ['carla'], inShop, ['carla']],
      [
        'everybody named, each once',
        ['team', 'carla', 'agent', 'supervisors', 'ana'],
        inShop,
        ['ana', 'bruno', 'carla', 'davi', 'silvia'],
      ],
      ['nobody who may not see the ticket', ['davi', 'bruno'], { teamId: 'loja', agentId: null }, ['bruno']],
      [
        'anybody named when the ticket has no team, for everybody sees it',
        ['davi'],
        { teamId: null, agentId: null },
        ['davi'],
      ],
      ['anybody named when it is about no ticket', ['davi'], null, ['davi']],
    ],
  )('%s', (_, notify, ticket, recipients) => {
    expect(decideRecipients(notify, ticket, { agents })).toEqual(recipients)
  })
})

describe('supervisors and administrators are told when nobody else is left, as when', () => {
  it.each<[string, Parameters<typeof decideRecipients>[0], Parameters<typeof decideRecipients>[1]]>([
    ['nobody is named', [], inShop],
    ['the ticket has no agent', ['agent'], { teamId: 'loja', agentId: null }],
    ['the ticket has no team', ['team'], { teamId: null, agentId: null }],
    ['the team is empty', ['team'], { teamId: 'ninguem', agentId: null }],
    ['the agent has left', ['agent'], { teamId: 'loja', agentId: 'elisa' }],
    ['the named agent may not see the ticket', ['davi'], { teamId: 'loja', agentId: null }],
    ['the named agent never existed', ['zeca'], inShop],
    ['it is about no ticket and for its team', ['team', 'agent'], null],
  ])('%s', (_, notify, ticket) => {
    expect(decideRecipients(notify, ticket, { agents })).toEqual(['ana', 'silvia'])
  })
})

it('who has left can be told nothing, whatever their role', () => {
  expect(canBeTold('tomas', inShop, agents)).toBe(false)
  expect(canBeTold('silvia', inShop, agents)).toBe(true)
  expect(overseers(agents)).toEqual(['ana', 'silvia'])
})
