import { z } from 'zod'
import { idSchema } from '../../ids.ts'

// outlook.forecast  AskForecast → Outlook        tickets.readAll   arrivals and backlog of the days to come
// outlook.staffing  AskStaffing → StaffingPlan   tickets.readAll   how many people each open hour of the coming week needs
// Both are reckoned in a thread of their own and kept for the hour; see docs/decisions/0028.

/** Days without which nothing is foretold: four weeks to learn from, and two to try it on. */
export const NEEDED_DAYS = 42
/** Fewer tickets than this tell nothing of a week. */
export const NEEDED_TICKETS = 30
/** The share of days that a band is meant to hold. */
export const BAND = 0.8

const teamIds = z.array(idSchema).min(1).max(100).optional()

export const forecastInput = z.strictObject({
  /** Whose tickets: those in these teams' queues now; without it all. */
  teamIds,
  /** Today included. */
  days: z.int().min(1).max(28).default(14),
})
export type AskForecast = z.input<typeof forecastInput>

export const staffingInput = z.strictObject({
  teamIds,
  /** Within which somebody is to begin with a ticket, in seconds. */
  targetSeconds: z.int().min(1).max(86_400),
  /** The share of tickets that it is to be kept for. */
  serviceLevel: z.number().min(0.01).max(0.99).default(0.8),
  /** How long one ticket takes; without it the average of answered calls. */
  handlingSeconds: z.int().min(1).max(86_400).optional(),
  /** The share of paid time in which people are not at hand: breaks, meetings, absence. */
  shrinkage: z.number().min(0).max(0.9).default(0.3),
})
export type AskStaffing = z.input<typeof staffingInput>

/** What there is to learn from, and what it takes. */
export interface History {
  /** Whole days since the first ticket, half a year at most. */
  days: number
  tickets: number
  isEnough: boolean
}

interface PastDay {
  /** `YYYY-MM-DD` at the office. */
  day: string
  count: number
  isHoliday: boolean
}

/** Between `low` and `high` lay {@link BAND} of the days in the test. */
export interface Expected {
  expected: number
  low: number
  high: number
}

interface ForecastDay extends Expected {
  day: string
  /** The holiday's name. */
  holiday: string | null
}

/** How the same method did on the past: each day foretold from what was known one day to `horizonDays` before it. */
export interface Accuracy {
  /** Tickets that it was off by, on the average. */
  mae: number
  /** The same as a share of what came; null when nothing came. */
  wape: number | null
  /** Of whoever takes the same weekday of the last known week. */
  naiveWape: number | null
  /** The share of days that were inside the band, which was made without their own week; null where too little comes to say. */
  inside: number | null
  /** Days that it was tried on. */
  testedDays: number
  horizonDays: number
}

export interface Backlog {
  /** Tickets not done, at `Outlook.at`. */
  now: number
  /** Of them those that wait for somebody outside. */
  parked: number
  /** How many tickets the people who take them work on at once; null where nobody takes any. */
  capacity: number | null
  days: (Expected & { day: string })[]
  /** Expected per day, over the days foretold. */
  arrivalsPerDay: number
  resolutionsPerDay: number
  /** Until nothing is left at that pace; null when it grows. */
  clearsInDays: number | null
  /** The first day at whose end more is in work than the capacity, as expected and if it goes badly. */
  fullOn: string | null
  fullEarliestOn: string | null
  resolutions: Accuracy
}

/** Whose hours and holidays it goes by; null is round the clock. */
export interface OutlookCalendar {
  id: string
  name: string
}

interface Answered {
  at: string
  timezone: string
  calendar: OutlookCalendar | null
  history: History
}

export interface Outlook extends Answered {
  /** The last thirteen weeks at most, today left out. */
  past: PastDay[]
  /** Null: there is too little to learn from. */
  forecast: { days: ForecastDay[]; accuracy: Accuracy } | null
  backlog: Backlog | null
}

export interface StaffedHour {
  /** When it begins. */
  at: string
  day: string
  /** 0–23 at the office. */
  hour: number
  /** Of the hour. */
  openMinutes: number
  /** Tickets. */
  expected: number
  /** People at hand, so that the target is met. */
  agents: number
  /** To be rostered for that, with `shrinkage`. */
  rostered: number
  /** Share of tickets begun in time with `agents`. */
  serviceLevel: number
  /** Share of their time that `agents` are at work on tickets. */
  occupancy: number
  /** Who was at hand at this hour of the week, on the average; null when nobody's presence is known. */
  usual: number | null
}

export interface StaffingPlan extends Answered {
  /** Null: not enough calls were measured, and nothing was given. */
  handling: { seconds: number; source: 'given' | 'measured'; calls: number } | null
  /** Open hours of seven days, today included; null where history or handling time is missing. */
  hours: StaffedHour[] | null
  /** Tickets that are expected in hours that are closed, and are in no hour of the plan. */
  outside: number
  /** Weeks of presence that `usual` comes from. */
  presenceWeeks: number
}
