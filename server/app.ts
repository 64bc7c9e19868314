import { join } from 'node:path'
import { Agents } from './access/agents.service.ts'
import { AuthService } from './access/auth.service.ts'
import { accessEntities } from './access/entities.ts'
import { Invitations } from './access/invitations.service.ts'
import { LoginThrottle } from './access/login-throttle.ts'
import { People } from './access/people.ts'
import { Sessions } from './access/sessions.ts'
import { SetupService } from './access/setup.service.ts'
import { Teams } from './access/teams.service.ts'
import { Alerts } from './alerts/alerts.service.ts'
import { alertEntities } from './alerts/entities.ts'
import { Catalog } from './catalog/catalog.ts'
import { catalogEntities } from './catalog/catalog.entity.ts'
import { createCatalogServices } from './catalog/services.ts'
import { Tags } from './catalog/tags.service.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { customerEntities } from './customers/entities.ts'
import { Customers } from './customers/customers.service.ts'
import { Organizations } from './customers/organizations.service.ts'
import { Tiers } from './customers/tiers.service.ts'
import { EventEntity } from './events/event.entity.ts'
import { EventLog } from './events/event-log.ts'
import { Hub } from './events/hub.ts'
import { Files, filesEntities } from './files/files.service.ts'
import { alarmOn, type Alarm } from './schedule/alarm.ts'
import { Scheduler } from './schedule/scheduler.ts'
import { Settings } from './settings/settings.service.ts'
import { settingsEntities } from './settings/entities.ts'
import { Calendars } from './sla/calendars.service.ts'
import { slaEntities } from './sla/entities.ts'
import { Escalation } from './sla/escalation.ts'
import { Policies } from './sla/policies.service.ts'
import { Promises } from './sla/promises.ts'
import { Recompute } from './sla/recompute.ts'
import { SlaBook } from './sla/sla-book.ts'
import { SlaOptions } from './sla/sla-options.ts'
import { Sla } from './sla/sla.service.ts'
import { openStore } from './store/store.ts'
import { catalogCopies } from './tickets/catalog-copies.ts'
import { customerCopies } from './tickets/customer-copies.ts'
import { Happenings } from './tickets/happenings.ts'
import { NamesSource } from './tickets/names.ts'
import { MessageEntity, TicketEntity } from './tickets/ticket.entity.ts'
import { createTickets } from './tickets/tickets.service.ts'
import { SavedViews, viewEntities } from './views/views.service.ts'

const entities = [
  EventEntity,
  TicketEntity,
  MessageEntity,
  ...settingsEntities,
  ...accessEntities,
  ...customerEntities,
  ...catalogEntities,
  ...filesEntities,
  ...viewEntities,
  ...slaEntities,
  ...alertEntities,
]

/** All that requests can be answered with; what `createApp` builds. */
export type Services = Awaited<ReturnType<typeof createApp>>

/** Builds the server's parts, each from those above it, in the order a newcomer would read. */
export async function createApp(
  { dataDir }: Pick<Config, 'dataDir'>,
  clock: Clock,
  alarm: Alarm = alarmOn(clock),
) {
  const store = await openStore({ file: join(dataDir, 'balcao.db'), entities, now: clock.now() })
  const hub = new Hub()
  const events = new EventLog(hub, clock)
  const settings = new Settings({ store, events })

  const people = new People(store.read)
  const sessions = new Sessions({ store, events, clock })
  const access = { store, events, clock, people, sessions, settings }

  const catalog = new Catalog(store)
  const tags = new Tags({ store, events, clock, catalog })
  const catalogServices = createCatalogServices({ store, events, clock, catalog }, catalogCopies, tags)

  const noticed = (at: number) => schedule.noticed(at)
  const alerts = new Alerts({ store, events, clock, people, catalog, noticed })

  const book = new SlaBook(store.read)
  const slaOptions = new SlaOptions({ store, events })
  const promises = new Promises({
    ...{ book, options: slaOptions, catalog, settings, alerts, events, clock, noticed },
  })
  const recompute = new Recompute({ store, events, clock, promises })

  const tiers = new Tiers({ store, events, clock })
  const organizations = new Organizations({ store, events, clock })
  const customers = new Customers({ store, events, clock, tickets: customerCopies(recompute) })

  const names = new NamesSource({ catalog, people, tiers, book, clock })
  const happenings = new Happenings()
  const ticketDeps = {
    ...{ store, events, clock, names, settings, customers, tags, promises, slaOptions, happenings },
  }
  const tickets = createTickets(ticketDeps, store.read)

  const escalation = new Escalation({ ...ticketDeps, people, book, alerts })
  const schedule = new Scheduler({ clock, alarm, sources: [escalation, alerts.due] })

  return {
    /** Aborted when the server stops, to end what would else go on for ever. */
    shutdown: new AbortController(),
    clock,
    store,
    hub,
    events,
    settings,
    people,
    sessions,
    setup: new SetupService({
      ...access,
      async seed(tx, locale) {
        await catalog.seed(tx, locale)
        await tiers.seed(tx, locale)
      },
    }),
    auth: new AuthService({ ...access, throttle: new LoginThrottle(clock) }),
    agents: new Agents(access),
    invitations: new Invitations(access),
    teams: new Teams(access),
    tiers,
    organizations,
    customers,
    catalog,
    ...catalogServices,
    names,
    promises,
    book,
    slaOptions,
    recompute,
    calendars: new Calendars({
      ...{ store, events, clock, book },
      onCalendarChanged: (tx, calendarId) => recompute.request(tx, { calendarId }),
    }),
    policies: new Policies({
      ...{ store, events, clock, catalog, people, tiers, settings, book },
      onPoliciesChanged: (tx) => recompute.request(tx),
    }),
    sla: new Sla({ store, book, clock }),
    tickets,
    alerts,
    escalation,
    schedule,
    views: new SavedViews({ store, events, clock }),
    files: new Files({ store, clock, dataDir, tickets: tickets.reader }),
  }
}
