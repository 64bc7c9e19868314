import {
  BellRing,
  Building,
  CalendarClock,
  CircleDot,
  Crown,
  FolderTree,
  Handshake,
  KeyRound,
  ListFilter,
  Mail,
  MessageSquareQuote,
  MonitorCog,
  MonitorSmartphone,
  Network,
  PackageOpen,
  Phone,
  PhoneOff,
  Shapes,
  SignalHigh,
  Split,
  Tags,
  TextCursorInput,
  UserRound,
  UserRoundCog,
  UsersRound,
  Webhook,
  Workflow,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { Permission } from '../../../server/access/viewer.ts'
import type { NounName } from './lists/nouns.ts'

const groups = ['you', 'office', 'promises', 'automation', 'tickets'] as const
type Group = (typeof groups)[number]

type OwnPage =
  | 'profile'
  | 'password'
  | 'sessions'
  | 'views'
  | 'office'
  | 'people'
  | 'calendars'
  | 'policies'
  | 'rules'
  | 'macros'
  | 'webhooks'
  | 'updates'
  | 'network'
  | 'phone'
  | 'mail'
  | 'routing'
  | 'computer'
  | 'alerts'
export type SectionId = OwnPage | NounName

export interface Section {
  id: SectionId
  group: Group
  icon: Component
  permission: Permission
  /** About the program on this computer, which a browser isn't. */
  onDesktop?: boolean
}

export const sections: readonly Section[] = [
  { id: 'profile', group: 'you', icon: UserRound, permission: 'session.own' },
  { id: 'password', group: 'you', icon: KeyRound, permission: 'session.own' },
  { id: 'sessions', group: 'you', icon: MonitorSmartphone, permission: 'session.own' },
  { id: 'views', group: 'you', icon: ListFilter, permission: 'views.own' },
  { id: 'alerts', group: 'you', icon: BellRing, permission: 'session.own' },
  { id: 'computer', group: 'you', icon: MonitorCog, permission: 'session.own', onDesktop: true },
  { id: 'office', group: 'office', icon: Building, permission: 'office.manage' },
  { id: 'people', group: 'office', icon: UserRoundCog, permission: 'people.manage' },
  { id: 'teams', group: 'office', icon: UsersRound, permission: 'people.manage' },
  { id: 'network', group: 'office', icon: Network, permission: 'office.manage' },
  { id: 'phone', group: 'office', icon: Phone, permission: 'office.manage' },
  { id: 'mail', group: 'office', icon: Mail, permission: 'office.manage' },
  { id: 'updates', group: 'office', icon: PackageOpen, permission: 'office.manage' },
  { id: 'calendars', group: 'promises', icon: CalendarClock, permission: 'desk.configure' },
  { id: 'policies', group: 'promises', icon: Handshake, permission: 'desk.configure' },
  { id: 'rules', group: 'automation', icon: Workflow, permission: 'desk.configure' },
  { id: 'macros', group: 'automation', icon: MessageSquareQuote, permission: 'desk.configure' },
  { id: 'routing', group: 'automation', icon: Split, permission: 'desk.configure' },
  { id: 'webhooks', group: 'automation', icon: Webhook, permission: 'office.manage' },
  { id: 'types', group: 'tickets', icon: Shapes, permission: 'desk.configure' },
  { id: 'categories', group: 'tickets', icon: FolderTree, permission: 'desk.configure' },
  { id: 'statuses', group: 'tickets', icon: CircleDot, permission: 'desk.configure' },
  { id: 'priorities', group: 'tickets', icon: SignalHigh, permission: 'desk.configure' },
  { id: 'tags', group: 'tickets', icon: Tags, permission: 'desk.configure' },
  { id: 'fields', group: 'tickets', icon: TextCursorInput, permission: 'desk.configure' },
  { id: 'tiers', group: 'tickets', icon: Crown, permission: 'desk.configure' },
  { id: 'wrapUpCodes', group: 'tickets', icon: PhoneOff, permission: 'desk.configure' },
]

type Can = (permission: Permission) => boolean

/** What this person may change here, in groups; what they may not isn't there. */
export function sectionGroups(can: Can, isDesktop = false): { group: Group; sections: Section[] }[] {
  return groups
    .map((group) => ({
      group,
      sections: sections.filter((each) => each.group === group && isOffered(each, can, isDesktop)),
    }))
    .filter((each) => each.sections.length > 0)
}

/** The section that an address names, if there is one and it may be seen. */
export const sectionCalled = (id: unknown, can: Can, isDesktop = false): Section | null =>
  sections.find((section) => section.id === id && isOffered(section, can, isDesktop)) ?? null

const isOffered = ({ permission, onDesktop }: Section, can: Can, isDesktop: boolean): boolean =>
  can(permission) && (isDesktop || !onDesktop)
