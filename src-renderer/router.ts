import { createRouter, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router'
import { guardRoutes, type GuardDeps } from './route-guard.ts'
import { openCallCapture } from './shell/call-capture.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** An i18n key: the window's title, and what a screen reader hears on arrival. */
    title?: string
    /** Open to whoever is not logged in. */
    open?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  {
    path: '/connect',
    name: 'connect',
    component: () => import('./features/connect/ConnectPage.vue'),
    meta: { open: true, title: 'setup.connect.title' },
  },
  {
    path: '/setup',
    name: 'setup',
    component: () => import('./features/setup/SetupPage.vue'),
    meta: { open: true, title: 'setup.title' },
  },
  {
    path: '/login',
    name: 'login',
    component: () => import('./features/login/LoginPage.vue'),
    meta: { open: true, title: 'setup.login.title' },
  },
  {
    path: '/join',
    name: 'join',
    component: () => import('./features/login/JoinPage.vue'),
    meta: { open: true, title: 'setup.join.title' },
  },
  {
    path: '/',
    component: () => import('./shell/AppShell.vue'),
    children: [
      { path: '', redirect: { name: 'queue' } },
      {
        // The list is the parent of the ticket, so that it keeps its place while tickets open beside it.
        path: '',
        component: () => import('./features/queue/QueuePage.vue'),
        children: [
          { path: 'queue/:queue?', name: 'queue', components: {}, meta: { title: 'shell.nav.queue' } },
          {
            path: 'ticket/:id',
            name: 'ticket',
            component: () => import('./features/ticket/TicketPage.vue'),
            meta: { title: 'shell.nav.ticket' },
          },
        ],
      },
      {
        // For links from outside, which know the protocol.
        path: 'ticket/number/:number',
        name: 'ticket-number',
        component: () => import('./features/desktop/TicketByNumber.vue'),
        meta: { title: 'shell.nav.ticket' },
      },
      {
        path: 'alerts/:scope(all)?',
        name: 'alerts',
        component: () => import('./features/alerts/AlertsPage.vue'),
        meta: { title: 'alerts.title' },
      },
      {
        // Capturing a call is a panel over any screen; the address is for links from outside.
        path: 'calls/new',
        name: 'call',
        redirect: ({ query }) => {
          openCallCapture(typeof query.phone === 'string' ? { phone: query.phone } : {})
          return { name: 'queue', query: {} }
        },
      },
      {
        path: 'calls/:scope(all)?',
        name: 'calls',
        component: () => import('./features/phone/CallsPage.vue'),
        meta: { title: 'phone.page.title' },
      },
      {
        path: 'customers',
        name: 'customers',
        component: () => import('./features/customers/CustomersPage.vue'),
        meta: { title: 'shell.nav.customers' },
      },
      {
        path: 'customers/:id',
        name: 'customer',
        component: () => import('./features/customers/CustomerPage.vue'),
        meta: { title: 'shell.nav.customer' },
      },
      {
        path: 'organizations',
        name: 'organizations',
        component: () => import('./features/customers/OrganizationsPage.vue'),
        meta: { title: 'customers.organizations.title' },
      },
      {
        path: 'organizations/:id',
        name: 'organization',
        component: () => import('./features/customers/OrganizationPage.vue'),
        meta: { title: 'customers.organizations.one' },
      },
      {
        path: 'search',
        name: 'search',
        component: () => import('./features/search/SearchPage.vue'),
        meta: { title: 'shell.nav.search' },
      },
      {
        path: 'settings/:section?',
        name: 'settings',
        component: () => import('./features/settings/SettingsPage.vue'),
        meta: { title: 'shell.nav.settings' },
      },
      {
        path: 'reports/:report?',
        name: 'reports',
        component: () => import('./features/reports/ReportsPage.vue'),
        meta: { title: 'reports.title' },
      },
      {
        path: 'outlook',
        name: 'outlook',
        component: () => import('./features/outlook/OutlookPage.vue'),
        meta: { title: 'outlook.title' },
      },
      {
        path: 'problems',
        name: 'problems',
        component: () => import('./features/problems/ProblemsPage.vue'),
        meta: { title: 'problems.title' },
      },
      {
        path: 'dashboard/:board?',
        name: 'dashboard',
        component: () => import('./features/dashboard/DashboardPage.vue'),
        meta: { title: 'shell.nav.dashboard' },
      },
    ],
  },
  {
    // A ticket alone in a window of its own.
    path: '/window/ticket/:id',
    name: 'ticket-window',
    component: () => import('./features/desktop/TicketWindow.vue'),
    meta: { title: 'shell.nav.ticket' },
  },
  {
    // The form of a call alone in a window of its own.
    path: '/window/capture',
    name: 'capture-window',
    component: () => import('./features/call/CaptureWindow.vue'),
    meta: { title: 'call.title.call' },
  },
  {
    // A screen on the wall: its link is all it needs.
    path: '/wall',
    name: 'wall',
    component: () => import('./features/wall/WallPage.vue'),
    meta: { open: true, title: 'wall.title' },
  },
  { path: '/:rest(.*)*', redirect: { name: 'queue' } },
]

export function createAppRouter(deps: GuardDeps): Router {
  const router = createRouter({ history: createWebHistory(), routes })
  guardRoutes(router, deps)
  return router
}
