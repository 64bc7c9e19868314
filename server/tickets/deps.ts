import type { Tags } from '../catalog/tags.service.ts'
import type { Clock } from '../clock.ts'
import type { Customers } from '../customers/customers.service.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Promises } from '../sla/promises.ts'
import type { SlaOptions } from '../sla/sla-options.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Store } from '../store/store.ts'
import type { Happenings } from './happenings.ts'
import type { NamesSource } from './names.ts'

/** What the use cases of tickets work with. */
export interface TicketDeps {
  store: Store
  events: EventLog
  clock: Clock
  names: NamesSource
  settings: Settings
  customers: Pick<Customers, 'resolve' | 'find'>
  tags: Tags
  promises: Promises
  slaOptions: SlaOptions
  happenings: Happenings
}
