/** What may be told to the person: an alert that calls, or something that happened to a ticket. */
import type { AlertView, Severity } from '../../server/alerts/contract.ts'
import { nearestScope, noticeOf } from '../../server/alerts/notice.contract.ts'
import type { NoticeKind, NoticeScope } from '../../server/alerts/preferences.contract.ts'
import type { AlertCall } from '../../server/alerts/standing.contract.ts'

/** What is said of a ticket when something happens to it. */
export interface TicketNews {
  readonly id: string
  readonly number: string
  readonly subject: string
  readonly requester: string
  /** Who did it, by name; null: nobody in particular. */
  readonly actor: string | null
  /** The message's own words, cut short; empty when it isn't about one. */
  readonly text: string
}

interface Told {
  readonly kind: NoticeKind
  readonly scope: NoticeScope
  readonly severity: Severity
  readonly ticketId: string | null
}

export type Happening =
  | (Told & {
      readonly what: 'alert'
      readonly alert: AlertView
      readonly why: AlertCall['why'] | 'repeat'
    })
  | (Told & { readonly what: 'news'; readonly news: TicketNews })

/** An alert at the moment it calls. Whoever was told first has it as theirs; those it climbed to have it as their team's. */
export function alertHappening(
  alert: AlertView,
  why: AlertCall['why'] | 'repeat',
  agentId: string | null,
): Happening {
  return {
    what: 'alert',
    alert,
    why,
    ...noticeOf(alert, agentId),
    severity: alert.severity,
    ticketId: alert.ticketId,
  }
}

export function newsHappening(kind: NoticeKind, scope: NoticeScope, news: TicketNews): Happening {
  return { what: 'news', kind, scope: nearestScope(kind, scope), severity: 'info', ticketId: news.id, news }
}
