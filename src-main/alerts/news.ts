/** What happens to tickets beside alerts, as far as the person wants to hear of it. */
import type { TicketDetail } from '../../server/tickets/contract.ts'
import type { DeskEvent } from '../../server/events/contract.ts'
import {
  channelsOf,
  noticeScopes,
  type AlertPreferences,
  type NoticeKind,
  type NoticeScope,
} from '../../server/alerts/preferences.contract.ts'
import type { OfficeState } from '../office/office.ts'
import { newsHappening, type Happening } from './happening.ts'
import { LATE_AFTER_MS } from './policy.ts'

/** Longer is read in the ticket. */
const TEXT_LENGTH = 160
/** A ticket that comes with its first message is told once. */
const REMEMBERED = 50

export interface NewsDeps {
  office(): OfficeState
  ticket(id: string): Promise<TicketDetail | null>
  now(): number
  tell(happening: Happening): void
}

export interface News {
  hear(event: DeskEvent): Promise<void>
}

export function createNews({ office, ticket, now, tell }: NewsDeps): News {
  const justCreated: string[] = []

  return {
    async hear(event) {
      const { ticketId, type } = event
      if (type === 'ticket.created' && ticketId !== null) {
        justCreated.push(ticketId)
        if (justCreated.length > REMEMBERED) justCreated.shift()
      }
      const created = justCreated.indexOf(ticketId ?? '')
      const isFirstMessage = type === 'message.created' && created >= 0
      if (isFirstMessage) justCreated.splice(created, 1)
      const { me, preferences } = office()
      if (!me || ticketId === null || isFirstMessage) return
      // What happened during a cut or a sleep stands in the queue; a burst of old news helps nobody.
      if (now() - Date.parse(event.at) > LATE_AFTER_MS) return
      const kind = kindOf(event, me)
      if (kind === null || !isWanted(preferences, kind)) return
      const about = await ticket(ticketId)
      if (!about) return
      const scope = scopeOf(about, me)
      if ((channelsOf(preferences, kind, scope) ?? []).length === 0) return
      const message = about.messages.find(({ id }) => id === event.data['messageId'])
      tell(
        newsHappening(kind, scope, {
          id: about.id,
          number: about.number,
          subject: about.subject,
          requester: about.requester.name,
          actor: event.actor.name,
          text: oneLine(message?.text ?? ''),
        }),
      )
    },
  }
}

type Me = NonNullable<OfficeState['me']>

/** Null: nothing that anybody is told of, or the person's own doing. */
function kindOf(
  event: Pick<DeskEvent, 'type' | 'actor' | 'data'>,
  me: Pick<Me, 'id' | 'teamIds'>,
): NoticeKind | null {
  const { type, actor, data } = event
  if (actor.type === 'agent' && actor.id === me.id) return null
  if (type === 'ticket.created') return 'newTicket'
  if (type === 'message.created') {
    if (data['kind'] === 'note') return 'note'
    return data['authorType'] === 'customer' ? 'customerMessage' : null
  }
  if (type !== 'ticket.updated') return null
  const changes = (data['changes'] ?? {}) as Record<string, { to?: unknown } | undefined>
  if (changes['agentId']?.to === me.id) return 'assigned'
  const team = changes['teamId']?.to
  return typeof team === 'string' && me.teamIds.includes(team) ? 'assigned' : null
}

function isWanted(preferences: AlertPreferences, kind: NoticeKind): boolean {
  return noticeScopes.some((scope) => (channelsOf(preferences, kind, scope) ?? []).length > 0)
}

/** A ticket without a team is everybody's, and so the person's team's too. */
function scopeOf(
  { agent, team }: Pick<TicketDetail, 'agent' | 'team'>,
  me: Pick<Me, 'id' | 'teamIds'>,
): NoticeScope {
  if (agent?.id === me.id) return 'mine'
  return team === null || me.teamIds.includes(team.id) ? 'team' : 'all'
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > TEXT_LENGTH ? `${line.slice(0, TEXT_LENGTH - 1)}…` : line
}
