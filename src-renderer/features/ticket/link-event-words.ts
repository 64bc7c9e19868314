import type { DeskEvent } from '../../../server/events/contract.ts'
import type { EventWords } from './event-words.ts'

/** What became of a ticket together with others; each is a sentence of its own. */
export type LinkSentence =
  | 'mergedInto'
  | 'mergedHere'
  | 'unmergedFrom'
  | 'unmergedHere'
  | 'linkedUnder'
  | 'linkedHere'
  | 'unlinkedFrom'
  | 'unlinkedHere'
  | 'floodDetected'
  | 'floodAccepted'
  | 'floodDismissed'
  | 'floodReopened'
  | 'problemGathered'
  | 'problemReleased'

const floods: Record<string, LinkSentence> = {
  'flood.detected': 'floodDetected',
  'flood.accepted': 'floodAccepted',
  'flood.dismissed': 'floodDismissed',
  'flood.reopened': 'floodReopened',
  'problem.gathered': 'problemGathered',
  'problem.released': 'problemReleased',
}

/** As the ticket's own history says it: the other ticket is named. Null for events about something else. */
export function linkWords({ type, ticketId, data }: DeskEvent): EventWords | null {
  const said = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  const words = (sentence: LinkSentence, name: string): EventWords => ({ sentence, from: '', to: '', name })
  const isSource = data['sourceId'] === ticketId
  const isChild = data['childId'] === ticketId
  switch (type) {
    case 'ticket.merged':
      return isSource ? words('mergedInto', said('target')) : words('mergedHere', said('source'))
    case 'ticket.unmerged':
      return isSource ? words('unmergedFrom', said('target')) : words('unmergedHere', said('source'))
    case 'ticket.linked':
      return isChild ? words('linkedUnder', said('parent')) : words('linkedHere', said('child'))
    case 'ticket.unlinked':
      return isChild ? words('unlinkedFrom', said('parent')) : words('unlinkedHere', said('child'))
    default: {
      const flood = floods[type]
      return flood ? words(flood, String(data['count'] ?? '')) : null
    }
  }
}
