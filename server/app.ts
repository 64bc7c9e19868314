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
import { LadderOptions } from './alerts/ladder-options.ts'
import { Preferences } from './alerts/preferences.service.ts'
import { Screens } from './alerts/screens.service.ts'
import { Whispers } from './alerts/whispers.ts'
import { Assist } from './assist/assist.service.ts'
import { Catalog } from './catalog/catalog.ts'
import { CatalogList } from './catalog/catalog-list.ts'
import { catalogEntities } from './catalog/catalog.entity.ts'
import { createCatalogServices } from './catalog/services.ts'
import { Tags } from './catalog/tags.service.ts'
import { foldName } from './catalog/fold-name.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { customerEntities } from './customers/entities.ts'
import { Customers } from './customers/customers.service.ts'
import { Organizations } from './customers/organizations.service.ts'
import { Tiers } from './customers/tiers.service.ts'
import { EventEntity } from './events/event.entity.ts'
import { EventLog } from './events/event-log.ts'
import { Hub } from './events/hub.ts'
import { Dashboards } from './dashboards/dashboards.service.ts'
import { DeskReader } from './dashboards/desk-reader.ts'
import { DashboardLimits } from './dashboards/limits.ts'
import { LiveDesk } from './dashboards/live-desk.ts'
import { WallDoor } from './dashboards/wall-door.ts'
import { WallScreens } from './dashboards/wall-screens.ts'
import { Walls } from './dashboards/walls.service.ts'
import { feedbackEntities } from './feedback/entities.ts'
import { Feedback } from './feedback/feedback.service.ts'
import { Files, filesEntities } from './files/files.service.ts'
import { FloodWatch } from './floods/flood-watch.ts'
import { Floods } from './floods/floods.service.ts'
import { Links } from './links/links.service.ts'
import { reminderEntities } from './reminders/entities.ts'
import { Reminders } from './reminders/reminders.service.ts'
import { jobEntities } from './jobs/entities.ts'
import { JobRunner } from './jobs/job-runner.ts'
import { Jobs } from './jobs/jobs.service.ts'
import { alarmOn, type Alarm } from './schedule/alarm.ts'
import { Scheduler } from './schedule/scheduler.ts'
import { macroEntities } from './macros/entities.ts'
import { Macros } from './macros/macros.service.ts'
import { MailJobs } from './mail/mail-jobs.ts'
import { MailSettingsService } from './mail/mail-settings.ts'
import { MailOutbox } from './mail/outbox.ts'
import { Calls } from './phone/calls.service.ts'
import { phoneEntities } from './phone/entities.ts'
import { Extensions } from './phone/extensions.service.ts'
import { PhoneKeys } from './phone/keys.service.ts'
import { PhoneOptionsService } from './phone/options.service.ts'
import { seedCodes, wrapUpCodesNoun } from './phone/wrap-up-codes.ts'
import { Attendance } from './routing/attendance.ts'
import { RoutingOptions } from './routing/options.ts'
import { Presence } from './routing/presence.ts'
import { OutlookService } from './reports/outlook/outlook.service.ts'
import { Problems } from './problems/problems.service.ts'
import { Profiles } from './routing/profiles.service.ts'
import { Routing } from './routing/routing.service.ts'
import { Serving } from './routing/serve.ts'
import { Exports } from './reports/export/exports.service.ts'
import { Projector } from './reports/projector.ts'
import { Reports } from './reports/reports.service.ts'
import { DueReports } from './reports/saved/due-reports.ts'
import { savedReportEntities } from './reports/saved/entities.ts'
import { ReportJobs } from './reports/saved/report-jobs.ts'
import { SavedReports } from './reports/saved/saved.service.ts'
import { Threads } from './reports/threads.ts'
import { ruleEntities } from './rules/entities.ts'
import { Previews } from './rules/preview/preview.ts'
import { RuleEngine } from './rules/engine.ts'
import { RuleBook } from './rules/rule-book.ts'
import { Rules } from './rules/rules.service.ts'
import { createTimeRules } from './rules/time/time-rules.ts'
import { RuleTraces } from './rules/trace.ts'
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
import { Network } from './tls/network.ts'
import { catalogCopies } from './tickets/catalog-copies.ts'
import { customerCopies } from './tickets/customer-copies.ts'
import { Happenings } from './tickets/happenings.ts'
import { NamesSource } from './tickets/names.ts'
import { MessageEntity, TicketEntity } from './tickets/ticket.entity.ts'
import { createTickets } from './tickets/tickets.service.ts'
import { Updates } from './updates/updates.service.ts'
import { SavedViews, viewEntities } from './views/views.service.ts'
import { Deliveries } from './webhooks/deliveries.ts'
import { webhookEntities } from './webhooks/entities.ts'
import { WebhookJobs } from './webhooks/webhook-jobs.ts'
import { WebhookPing } from './webhooks/ping.ts'
import { Webhooks } from './webhooks/webhooks.service.ts'

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
  ...macroEntities,
  ...jobEntities,
  ...webhookEntities,
  ...reminderEntities,
  ...ruleEntities,
  ...phoneEntities,
  ...feedbackEntities,
  ...savedReportEntities,
]

/** All that requests can be answered with; what `createApp` builds. */
export type Services = Awaited<ReturnType<typeof createApp>>

/** Builds the server's parts, each from those above it, in the order a newcomer would read. */
export async function createApp(
  { dataDir }: Pick<Config, 'dataDir'>,
  clock: Clock,
  alarm: Alarm = alarmOn(clock),
) {
  const file = join(dataDir, 'balcao.db')
  const store = await openStore({
    file,
    entities,
    functions: { fold: foldName },
    now: clock.now(),
  })
  const hub = new Hub()
  const events = new EventLog(hub, clock)
  const settings = new Settings({ store, events })

  const people = new People(store.read)
  const sessions = new Sessions({ store, events, clock })
  const access = { store, events, clock, people, sessions, settings }

  const catalog = new Catalog(store)
  const tags = new Tags({ store, events, clock, catalog })
  const catalogServices = createCatalogServices({ store, events, clock, catalog }, catalogCopies, tags)

  const noticed = (at: number | null) => schedule.noticed(at)
  const ruleBook = new RuleBook(store.read)
  const ladderOptions = new LadderOptions({ store, events, clock, noticed })
  const alerts = new Alerts({
    ...{ store, events, clock, people, catalog, rules: ruleBook, ladder: ladderOptions, noticed },
  })

  const book = new SlaBook(store.read)
  const slaOptions = new SlaOptions({ store, events })
  const promises = new Promises({
    ...{ book, options: slaOptions, catalog, settings, alerts, events, clock, noticed },
  })
  const recompute = new Recompute({ store, events, clock, promises })

  const tiers = new Tiers({ store, events, clock })
  const organizations = new Organizations({ store, events, clock })
  const customers = new Customers({ store, events, clock, tickets: customerCopies(recompute) })

  const names = new NamesSource({ catalog, people, tiers, book, rules: ruleBook, clock })
  const happenings = new Happenings()
  const ticketDeps = {
    ...{ store, events, clock, names, settings, customers, tags, promises, slaOptions, happenings },
  }
  const tickets = createTickets(ticketDeps, store.read)
  const links = new Links(ticketDeps, tickets.list)
  const assist = new Assist({ read: store.read, names, list: tickets.list })

  const shutdown = new AbortController()
  const jobs = new Jobs({ store, events, clock, noticed })
  const webhooks = new Webhooks({ store, events, clock, jobs, names })
  const facts = new Projector({
    ...{ store, hub, clock, alarm, book, options: slaOptions, catalog, people },
  })
  const reportThreads = new Threads(file)

  const reports = new Reports({ store, clock, names, settings, projector: facts, threads: reportThreads })
  const mailSettings = new MailSettingsService({ store, events, jobs })
  const outgoing = join(dataDir, 'outgoing')
  const reportJobs = new ReportJobs({
    ...{ store, events, clock, jobs, people, alerts, office: settings, reports, folder: outgoing },
  })
  const mailJobs = new MailJobs({
    ...{ clock, settings: mailSettings, alerts, people, folder: outgoing },
    ended: (tx, { id }, ok) => reportJobs.letterEnded(tx, id, ok),
  })
  const dueReports = new DueReports({ store, clock, hub, office: settings, jobs, noticed })

  const jobRunner = new JobRunner({
    ...{ store, events, clock, alarm, noticed },
    handlers: {
      webhook: new WebhookJobs({ store, clock, alarm, alerts, people }),
      report: reportJobs,
      mail: mailJobs,
    },
  })

  const ruleEngine = new RuleEngine({
    ...{ ...ticketDeps, people, book, rules: ruleBook },
    switched: (tx, rule, enabled, backlog) => timeRules.scan.switched(tx, rule, enabled, backlog),
    ports: {
      assign: (tx, wanted) => routing.assign(tx, wanted),
      webhook: (tx, news) => webhooks.send(tx, news),
      remind: (tx, reminder) => reminders.remind(tx, reminder),
      mergeTarget: (db, ticketId, which) => links.target(db, ticketId, which),
      merge: (tx, pair) => links.mergeIfPossible(tx, pair),
      suggest: (db, wanted) => assist.propose(db, wanted),
      alerts,
    },
  })
  const timeRules = createTimeRules({
    ...{ store, clock, people, book, rules: ruleBook, names, noticed },
    fire: (tx, ruleId, ticketId) => ruleEngine.fire(tx, ruleId, ticketId),
  })
  happenings.add(ruleEngine, timeRules.waits)
  const rules = new Rules({
    ...{ store, events, clock, catalog, people, tiers, book: ruleBook },
    waits: timeRules.scan,
  })

  const reminders = new Reminders({ ...ticketDeps, people, alerts, noticed })
  happenings.add(reminders)

  const attendance = new Attendance(clock)
  const presence = new Presence({ store, events, clock, settings, attendance, people, noticed })
  sessions.watch(presence)
  const handOut = { ...ticketDeps, alerts, noticed }
  const routing = new Routing({ ...handOut, hub, people })
  happenings.add(routing)
  happenings.add(new FloodWatch({ events, clock, alerts }))

  const phoneOptions = new PhoneOptionsService({ store, events, people })
  const phoneKeys = new PhoneKeys({ store, events, clock, people })
  const calls = new Calls({
    ...{ store, read: store.read, events, clock, noticed, people, settings, alerts, tickets },
    ...{ options: phoneOptions, keys: phoneKeys, list: tickets.list, reply: tickets.reply },
  })

  const deskReader = new DeskReader({ store, clock, settings, book })
  const liveDesk = new LiveDesk({ hub, clock, alarm, reader: deskReader })
  const limits = new DashboardLimits({ store, hub, clock, liveDesk, alerts, noticed })
  const dashboards = new Dashboards({ store, events, clock, settings, people })
  const screens = new WallScreens({ store, clock })
  const walls = new Walls({ store, events, clock, dashboards, screens })

  const escalation = new Escalation({ ...ticketDeps, people, book, alerts })
  const schedule = new Scheduler({
    clock,
    alarm,
    sources: [
      escalation,
      timeRules.waits,
      alerts.due,
      alerts.ladder,
      reminders.due,
      dueReports,
      jobRunner,
      presence,
      routing,
      calls.due,
      limits,
    ],
  })

  return {
    /** Aborted when the server stops, to end what would else go on for ever. */
    shutdown,
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
        await seedCodes(tx, locale)
      },
    }),
    auth: new AuthService({ ...access, throttle: new LoginThrottle(clock) }),
    agents: new Agents(access),
    invitations: new Invitations(access),
    teams: new Teams({ ...access, onHoursChanged: (tx) => timeRules.scan.hoursChanged(tx) }),
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
      async onCalendarChanged(tx, calendarId) {
        await recompute.request(tx, { calendarId })
        await timeRules.scan.hoursChanged(tx)
      },
    }),
    policies: new Policies({
      ...{ store, events, clock, catalog, people, tiers, settings, book },
      async onPoliciesChanged(tx) {
        await recompute.request(tx)
        await timeRules.scan.hoursChanged(tx)
      },
    }),
    sla: new Sla({ store, book, clock }),
    tickets,
    links,
    assist,
    floods: new Floods({ store, events, clock, alerts, list: tickets.list }),
    macros: new Macros({ store, events, clock, catalog, names }),
    alerts,
    ladderOptions,
    preferences: new Preferences({ store, events }),
    whispers: new Whispers({ store, clock, people, alerts }),
    screens: new Screens({ store, events, clock, alerts }),
    jobs,
    jobRunner,
    webhooks,
    webhookPing: new WebhookPing({ store, clock, alarm, jobs, shutdown }),
    deliveries: new Deliveries({ store, jobs }),
    deskReader,
    liveDesk,
    dashboards,
    walls,
    wallDoor: new WallDoor({ store, hub, settings, walls, screens, liveDesk, shutdown: shutdown.signal }),
    reminders,
    happenings,
    attendance,
    presence,
    routing,
    routingProfiles: new Profiles({ store, events, people, tiers }),
    routingOptions: new RoutingOptions({ store, events }),
    serving: new Serving(handOut),
    ruleBook,
    ruleEngine,
    timeRules,
    rules,
    rulePreviews: new Previews({
      ...{ store, file, clock, names, shutdown: shutdown.signal },
      checked: (rule) => rules.checked(rule),
    }),
    outlook: new OutlookService({
      ...{ store, file, clock, people, settings, book, shutdown: shutdown.signal },
    }),
    problems: new Problems({ ...ticketDeps, tickets, file, shutdown: shutdown.signal }),
    ruleTraces: new RuleTraces({ store, names }),
    facts,
    reportThreads,
    reports,
    exports: new Exports({
      ...{ clock, office: settings, reports, folder: join(dataDir, 'exports'), shutdown: shutdown.signal },
    }),
    savedReports: new SavedReports({ store, events, clock, people, office: settings, jobs, noticed }),
    reportJobs,
    dueReports,
    feedback: new Feedback({ store, events, clock, people }),
    mailSettings,
    mailOutbox: new MailOutbox({ store, clock, jobs, settings: mailSettings, office: settings, shutdown }),
    calls,
    phoneOptions,
    phoneKeys,
    extensions: new Extensions({ store, events, people }),
    wrapUpCodes: new CatalogList({ store, events, clock, catalog }, wrapUpCodesNoun),
    escalation,
    schedule,
    views: new SavedViews({ store, events, clock }),
    files: new Files({ store, clock, dataDir, tickets: tickets.reader }),
    updates: new Updates({ store, events, dataDir }),
    network: new Network({ clock, settings }),
  }
}
