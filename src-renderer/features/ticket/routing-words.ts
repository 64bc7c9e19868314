import type { DeskEvent } from '../../../server/events/contract.ts'
import type { EventNames, EventWords } from './event-words.ts'

export type RoutingSentence =
  'distributed' | 'waitsForHands' | 'offered' | 'offerRefused' | 'offerMissed' | 'offerLeft'

const refusals: Record<string, RoutingSentence> = {
  person: 'offerRefused',
  time: 'offerMissed',
  left: 'offerLeft',
}

/** What the distribution did with a ticket, in words; null for what is none of it. */
export function routingWords({ type, data }: DeskEvent, names: EventNames): EventWords | null {
  const agent = typeof data['agentId'] === 'string' ? (names.agent(data['agentId']) ?? names.unknown) : ''
  const said = { from: '', to: agent, name: '', because: data['because'] }
  switch (type) {
    case 'routing.assigned':
      return { ...said, sentence: 'distributed' }
    case 'routing.queued':
      return { ...said, sentence: 'waitsForHands' }
    case 'routing.offered':
      return { ...said, sentence: 'offered' }
    case 'routing.refused':
      return { ...said, sentence: refusals[String(data['via'])] ?? 'offerLeft' }
    default:
      return null
  }
}
