/** The system's notifications of alerts and news: which there are, what each offers, and when it has had its day. */
import type { AlertView } from '../../server/alerts/contract.ts'
import { byUrgency } from '../../server/alerts/standing.contract.ts'
import type { NotShownReason } from '../../server/alerts/screens.contract.ts'
import type { DesktopPorts, NotificationSpec } from '../ports.ts'
import { actionsFor, content, contentOfMany, type Reader } from './content.ts'
import type { Happening } from './happening.ts'
import type { AlertAct } from './ipc.ts'
import { createNotifications } from './notifications.ts'
import { SNOOZE_MINUTES } from './policy.ts'
import { textsIn } from './texts.ts'

export interface AlertNotifications {
  show(happening: Happening): void
  /** As one; `isLate` when they came while nobody could be told. */
  showMany(alerts: readonly AlertView[], isLate: boolean): void
  /** For a person who asks whether notifications get through. */
  test(urgency: NotificationSpec['urgency']): Promise<NotShownReason | null>
  /** `alert` calls no more; `calling` are those that still do. */
  silence(alert: AlertView, calling: readonly AlertView[]): void
  /** The person looks at the ticket. */
  read(ticketId: string): void
  clear(): void
}

export interface AlertNotificationsDeps {
  readonly ports: Pick<DesktopPorts, 'notifier' | 'clock'>
  reader(): Reader
  open(ticketId: string | null, alert: AlertView | null): void
  openAll(): void
  openMain(): void
  act(act: AlertAct): void
  /** What the system has made of a notification of these; of none, when it was of something else. */
  concluded(alerts: readonly AlertView[], reason: NotShownReason | null): void
}

const MANY_ID = 'many'
const TEST_ID = 'test'

export function createAlertNotifications(deps: AlertNotificationsDeps): AlertNotifications {
  const { reader, open, openAll, act, concluded } = deps
  const notifications = createNotifications(deps.ports)
  /** Those told together that still call, by id. */
  const together = new Map<string, AlertView>()
  /** By notification: those of whom the system has not said yet what became of them. One that is replaced shares its fate. */
  const waiting = new Map<string, readonly AlertView[]>()

  const remove = (id: string): void => {
    waiting.delete(id)
    notifications.remove(id)
  }

  return {
    show(happening) {
      const { ticketId, severity } = happening
      const alert = happening.what === 'alert' ? happening.alert : null
      const { title, body } = content(happening, reader())
      const id = alert ? alertIdOf(alert) : newsIdOf(ticketId)
      const alerts = alert ? [...(waiting.get(id) ?? []), alert] : []
      waiting.set(id, alerts)
      notifications.show({
        id,
        group: ticketId === null ? alertIdOf({ ticketId, id: alert?.id ?? '' }) : `ticket:${ticketId}`,
        title,
        body,
        // The sound is ours, by severity; the system's would come on top of it.
        isSilent: true,
        urgency: severity === 'urgent' ? 'critical' : severity === 'info' ? 'low' : 'normal',
        isSticky: severity === 'urgent',
        actions: actionsFor(happening, reader().language),
        onOutcome(reason) {
          waiting.delete(id)
          concluded(alerts, reason)
        },
        onClicked: () => open(ticketId, alert),
        onAction(wanted) {
          if (wanted === 'open' || !alert) return open(ticketId, alert)
          if (wanted === 'acknowledge') return act({ act: 'acknowledge', alertId: alert.id })
          act({ act: 'snooze', alertId: alert.id, minutes: SNOOZE_MINUTES })
        },
      })
    },

    showMany(alerts, isLate) {
      for (const alert of alerts) together.set(alert.id, alert)
      waiting.set(MANY_ID, [...(waiting.get(MANY_ID) ?? []), ...alerts])
      // It takes the place of a former one, and so speaks of those too.
      const all = [...together.values()].sort(byUrgency)
      const isUrgent = all.some(({ severity }) => severity === 'urgent')
      const { t } = textsIn(reader().language)
      notifications.show({
        id: MANY_ID,
        group: MANY_ID,
        ...contentOfMany(all, isLate && all.length === alerts.length, reader()),
        isSilent: true,
        urgency: isUrgent ? 'critical' : 'normal',
        isSticky: isUrgent,
        actions: [{ id: 'open', label: t('desktop.act.all') }],
        onOutcome(reason) {
          const told = waiting.get(MANY_ID) ?? []
          waiting.delete(MANY_ID)
          concluded(
            told.filter(({ id }) => together.has(id)),
            reason,
          )
        },
        onClicked: openAll,
        onAction: openAll,
      })
    },

    test(urgency) {
      const { t } = textsIn(reader().language)
      return new Promise((resolve) =>
        notifications.show({
          id: TEST_ID,
          group: TEST_ID,
          title: t('desktop.test.title'),
          body: t('desktop.test.body'),
          isSilent: true,
          urgency,
          isSticky: false,
          actions: [],
          onOutcome(reason) {
            concluded([], reason)
            resolve(reason)
          },
          onClicked: deps.openMain,
          onAction: () => undefined,
        }),
      )
    },

    silence(alert, calling) {
      const id = alertIdOf(alert)
      if (!calling.some((other) => alertIdOf(other) === id)) remove(id)
      if (together.delete(alert.id) && together.size === 0) remove(MANY_ID)
    },

    read(ticketId) {
      remove(alertIdOf({ ticketId, id: '' }))
      remove(newsIdOf(ticketId))
    },

    clear() {
      together.clear()
      waiting.clear()
      notifications.removeAll()
    },
  }
}

/** One per ticket: a newer alert of the same ticket takes the older's place. */
const alertIdOf = ({ ticketId, id }: Pick<AlertView, 'ticketId' | 'id'>): string =>
  ticketId === null ? `alert:${id}` : `ticket:${ticketId}`

/** A customer's next message must not cover an alert of the same ticket. */
const newsIdOf = (ticketId: string | null): string => `news:${String(ticketId)}`
