/** Tells the person: decides for each happening, sounds once for all, shows what may be shown, and reports what was not. */
import type { AlertPreferences } from '../../server/alerts/preferences.contract.ts'
import type { AlertNotifications } from './alert-notifications.ts'
import { decide } from './decide.ts'
import type { Happening } from './happening.ts'
import type { AlertSettings, Tone } from './ipc.ts'
import { SINGLY_AT_MOST } from './policy.ts'
import type { Reports } from './reports.ts'
import type { SystemWatch } from './system-watch.ts'
import type { Viewing } from './viewing.ts'

export interface TellingDeps {
  readonly system: Pick<SystemWatch, 'look'>
  readonly notifications: Pick<AlertNotifications, 'show' | 'showMany'>
  readonly reports: Pick<Reports, 'showing'>
  readonly viewing: Pick<Viewing, 'focusedTicket'>
  settings(): AlertSettings
  preferences(): AlertPreferences
  /** UTC milliseconds. */
  now(): number
  isCalling(alertId: string): boolean
  sound(tone: Tone): void
  /** Those that the system keeps from the person; often none. */
  needWindow(alertIds: readonly string[]): void
}

/** `isLate`: they came while nobody could be told. */
export type Tell = (happenings: readonly Happening[], isLate: boolean) => Promise<void>

export function createTelling(deps: TellingDeps): Tell {
  const { system, notifications, reports, viewing } = deps

  return async (happenings, isLate) => {
    const says = await system.look()
    const circumstances = {
      preferences: deps.preferences(),
      settings: deps.settings(),
      now: new Date(deps.now()),
      focusedTicketId: viewing.focusedTicket(),
      system: says,
    }
    const decided = happenings
      .filter((each) => each.what === 'news' || deps.isCalling(each.alert.id))
      .map((happening) => ({ happening, decision: decide(happening, circumstances) }))
    const loudest = decided.map(({ decision }) => decision.sound).find((tone) => tone !== null) ?? null
    if (loudest !== null) deps.sound(loudest)
    for (const { happening, decision } of decided) {
      if (happening.what === 'alert' && decision.notShown !== null)
        reports.showing(happening.alert.id, 'notification', decision.notShown)
    }
    show(
      decided.filter(({ decision }) => decision.notShown === null).map(({ happening }) => happening),
      isLate,
    )
    deps.needWindow(
      decided.flatMap(({ happening, decision }) =>
        happening.what === 'alert' && decision.ownWindow ? [happening.alert.id] : [],
      ),
    )
  }

  function show(happenings: readonly Happening[], isLate: boolean): void {
    const alerts = happenings.flatMap((each) => (each.what === 'alert' ? [each.alert] : []))
    const isMany = alerts.length > SINGLY_AT_MOST
    if (isMany) notifications.showMany(alerts, isLate)
    for (const happening of happenings)
      if (!isMany || happening.what === 'news') notifications.show(happening)
  }
}
