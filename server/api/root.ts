import { agentsRouter } from '../access/agents.router.ts'
import { authRouter } from '../access/auth.router.ts'
import { setupRouter } from '../access/setup.router.ts'
import { teamsRouter } from '../access/teams.router.ts'
import { alertsRouter } from '../alerts/alerts.router.ts'
import { screensRouter } from '../alerts/screens.router.ts'
import { assistRouter } from '../assist/assist.router.ts'
import { catalogRouter } from '../catalog/catalog.router.ts'
import { categoriesRouter } from '../catalog/categories.router.ts'
import { fieldsRouter } from '../catalog/fields.router.ts'
import { matrixRouter } from '../catalog/matrix.router.ts'
import { prioritiesRouter } from '../catalog/priorities.router.ts'
import { statusesRouter } from '../catalog/statuses.router.ts'
import { tagsRouter } from '../catalog/tags.router.ts'
import { typesRouter } from '../catalog/types.router.ts'
import { customersRouter } from '../customers/customers.router.ts'
import { organizationsRouter } from '../customers/organizations.router.ts'
import { tiersRouter } from '../customers/tiers.router.ts'
import { dashboardsRouter } from '../dashboards/dashboards.router.ts'
import { wallRouter, wallsRouter } from '../dashboards/walls.router.ts'
import { dashboardRouter } from '../dashboards/dashboard.router.ts'
import { floodsRouter } from '../floods/floods.router.ts'
import { liveRouter } from '../events/live.router.ts'
import { remindersRouter } from '../reminders/reminders.router.ts'
import { feedbackRouter } from '../feedback/feedback.router.ts'
import { mailRouter } from '../mail/mail.router.ts'
import { macrosRouter } from '../macros/macros.router.ts'
import { callsRouter } from '../phone/calls.router.ts'
import { phoneRouter } from '../phone/phone.router.ts'
import { wrapUpCodesRouter } from '../phone/wrap-up-codes.router.ts'
import { exportsRouter } from '../reports/export/exports.router.ts'
import { savedReportsRouter } from '../reports/saved/saved.router.ts'
import { reportsRouter } from '../reports/reports.router.ts'
import { problemsRouter } from '../problems/problems.router.ts'
import { outlookRouter } from '../reports/outlook/outlook.router.ts'
import { presenceRouter } from '../routing/presence.router.ts'
import { routingRouter } from '../routing/routing.router.ts'
import { rulesRouter } from '../rules/rules.router.ts'
import { settingsRouter } from '../settings/settings.router.ts'
import { calendarsRouter } from '../sla/calendars.router.ts'
import { slaRouter } from '../sla/sla.router.ts'
import { ticketsRouter } from '../tickets/tickets.router.ts'
import { networkRouter } from '../tls/network.router.ts'
import { updatesRouter } from '../updates/updates.router.ts'
import { viewsRouter } from '../views/views.router.ts'
import { webhooksRouter } from '../webhooks/webhooks.router.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  setup: setupRouter,
  auth: authRouter,
  settings: settingsRouter,
  agents: agentsRouter,
  teams: teamsRouter,
  customers: customersRouter,
  organizations: organizationsRouter,
  tiers: tiersRouter,
  catalog: catalogRouter,
  types: typesRouter,
  categories: categoriesRouter,
  statuses: statusesRouter,
  priorities: prioritiesRouter,
  tags: tagsRouter,
  fields: fieldsRouter,
  matrix: matrixRouter,
  calendars: calendarsRouter,
  sla: slaRouter,
  macros: macrosRouter,
  tickets: ticketsRouter,
  assist: assistRouter,
  floods: floodsRouter,
  views: viewsRouter,
  alerts: alertsRouter,
  screens: screensRouter,
  rules: rulesRouter,
  reminders: remindersRouter,
  webhooks: webhooksRouter,
  calls: callsRouter,
  phone: phoneRouter,
  wrapUpCodes: wrapUpCodesRouter,
  reports: reportsRouter,
  savedReports: savedReportsRouter,
  exports: exportsRouter,
  feedback: feedbackRouter,
  mail: mailRouter,
  presence: presenceRouter,
  routing: routingRouter,
  outlook: outlookRouter,
  problems: problemsRouter,
  updates: updatesRouter,
  network: networkRouter,
  live: liveRouter,
  dashboard: dashboardRouter,
  dashboards: dashboardsRouter,
  walls: wallsRouter,
  wall: wallRouter,
})

/** The contract that clients are typed by. */
export type AppRouter = typeof appRouter
