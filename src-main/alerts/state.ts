/** What the rest of this program may know of alerts: tray and menus go by it. */
import type { AlertView, Severity } from '../../server/alerts/contract.ts'
import type { NotShownReason } from '../../server/alerts/screens.contract.ts'
import type { PresenceState } from '../../server/routing/contract.ts'
import type { Link } from '../office/office.ts'

export interface AlertState {
  readonly link: Link
  /** UTC milliseconds; null while the server answers. */
  readonly offlineSince: number | null
  /** Those that want the person now, the most urgent first. */
  readonly calling: readonly AlertView[]
  readonly worst: Severity | null
  readonly presence: PresenceState | null
  /** Why the system shows no notification of ours; null when it does, as far as is known. */
  readonly blocked: NotShownReason | null
}
