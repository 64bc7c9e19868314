import {
  Bell,
  BookUser,
  ChartColumn,
  FileChartColumn,
  Inbox,
  PhoneCall,
  PhoneIncoming,
  Search,
  Settings,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { Permission } from '../stores/session.ts'
import type { RailPlace } from './rail-counts.ts'

export type ConnectionState = 'connecting' | 'live' | 'catching-up' | 'offline'

/** Who is logged in, as the frame shows it. */
export interface FrameAgent {
  name: string
  role: 'admin' | 'supervisor' | 'agent'
}

export interface RailEntry {
  place: RailPlace
  /** An i18n key. */
  label: string
  icon: Component
  /** The route it leads to; without one it acts. */
  route?: string
  /** The routes on which it is the current place. */
  routes: readonly string[]
  /** The command whose keys do the same. */
  command: string
  /** Whom it is for; without it, everybody. */
  permission?: Permission
  /** Stands at the foot of the rail. */
  foot?: boolean
  /** On a phone it waits behind "more", where the bar has room for half a dozen words. */
  rest?: boolean
}

export const RAIL: readonly RailEntry[] = [
  {
    place: 'queue',
    label: 'shell.nav.queue',
    icon: Inbox,
    route: 'queue',
    routes: ['queue', 'ticket'],
    command: 'go.queue',
  },
  {
    place: 'alerts',
    label: 'alerts.nav',
    icon: Bell,
    route: 'alerts',
    routes: ['alerts'],
    command: 'go.alerts',
  },
  { place: 'call', label: 'shell.nav.call', icon: PhoneCall, routes: [], command: 'call.new' },
  {
    place: 'calls',
    label: 'phone.page.title',
    icon: PhoneIncoming,
    route: 'calls',
    routes: ['calls'],
    command: 'go.calls',
  },
  {
    place: 'search',
    label: 'shell.nav.search',
    icon: Search,
    route: 'search',
    routes: ['search'],
    command: 'go.search',
  },
  {
    place: 'customers',
    label: 'shell.nav.customers',
    icon: BookUser,
    route: 'customers',
    routes: ['customers', 'customer', 'organizations', 'organization'],
    command: 'go.customers',
    rest: true,
  },
  {
    place: 'dashboard',
    label: 'shell.nav.dashboard',
    icon: ChartColumn,
    route: 'dashboard',
    routes: ['dashboard'],
    command: 'go.dashboard',
    rest: true,
  },
  {
    place: 'reports',
    label: 'reports.title',
    icon: FileChartColumn,
    route: 'reports',
    routes: ['reports', 'outlook', 'problems'],
    command: 'go.reports',
    permission: 'tickets.readAll',
    rest: true,
  },
  {
    place: 'settings',
    label: 'shell.nav.settings',
    icon: Settings,
    route: 'settings',
    routes: ['settings'],
    command: 'go.settings',
    rest: true,
    foot: true,
  },
]
