import {
  Activity,
  AlarmClock,
  Bell,
  ChartColumn,
  CircleCheckBig,
  Flame,
  Hourglass,
  Inbox,
  ListOrdered,
  MonitorX,
  Phone,
  Smile,
  TrendingUp,
  UsersRound,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { Threshold, TileKind } from '../../../server/dashboards/contract.ts'

interface TileSpec {
  icon: Component
  /** What it is given when it is added, in columns and rows. */
  size: { w: number; h: number }
  /** Below this it can't be read any more. */
  smallest: { w: number; h: number }
  /** What its number counts; null for a tile that shows a list or a picture. */
  unit: 'count' | 'minutes' | 'share' | null
}

const number = { size: { w: 2, h: 2 }, smallest: { w: 2, h: 2 }, unit: 'count' } as const

export const tileSpecs: Record<TileKind, TileSpec> = {
  waiting: { icon: Inbox, ...number },
  oldestWaiting: { icon: Hourglass, ...number, unit: 'minutes' },
  inWork: { icon: Activity, ...number },
  breached: { icon: Flame, ...number },
  unacknowledged: { icon: Bell, ...number },
  blockedScreens: { icon: MonitorX, ...number },
  arrivedToday: { icon: TrendingUp, ...number },
  resolvedToday: { icon: CircleCheckBig, ...number },
  satisfaction: { icon: Smile, ...number, unit: 'share' },
  queues: { icon: ListOrdered, size: { w: 7, h: 5 }, smallest: { w: 4, h: 3 }, unit: null },
  agents: { icon: UsersRound, size: { w: 5, h: 5 }, smallest: { w: 3, h: 3 }, unit: null },
  breaches: { icon: AlarmClock, size: { w: 6, h: 5 }, smallest: { w: 4, h: 3 }, unit: null },
  today: { icon: ChartColumn, size: { w: 6, h: 5 }, smallest: { w: 4, h: 3 }, unit: null },
  intake: { icon: Phone, size: { w: 4, h: 2 }, smallest: { w: 3, h: 2 }, unit: null },
}

/** Where somebody begins who wants to be warned by a tile. */
export const blankThreshold: Threshold = { warnAt: null, alarmAt: null, sound: false, alert: false }
