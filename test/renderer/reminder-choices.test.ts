import { describe, expect, test } from 'vitest'
import {
  reminderChoices,
  type OpenHours,
} from '../../src-renderer/features/ticket/reminders/reminder-choices.ts'

/** Local time of the week of 9 March 2026, a Monday. */
const local = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).getTime()
const shop: OpenHours = [9, 10, 11, 12, 13, 16].flatMap((day) => [
  [local(day, 8), local(day, 12)] as const,
  [local(day, 13, 30), local(day, 18)] as const,
])
const offered = (now: number, hours: OpenHours | null) =>
  Object.fromEntries(reminderChoices(now, hours).map(({ choice, at }) => [choice, at]))

describe('the times offered for a reminder', () => {
  test('go by the office’s hours: the afternoon begins when the shop opens again, the morning when it opens', () => {
    expect(offered(local(10, 9), shop)).toEqual({
      inOneHour: local(10, 10),
      thisAfternoon: local(10, 13, 30),
      tomorrowMorning: local(11, 8),
    })
  })
  test('leave out an afternoon that has begun', () => {
    expect(offered(local(10, 15), shop)).not.toHaveProperty('thisAfternoon')
  })
  test('pass over the weekend to the next day that the office is open', () => {
    expect(offered(local(13, 16), shop)).toEqual({ inOneHour: local(13, 17), nextOpenDay: local(16, 8) })
  })
  test('are the usual ones where nobody knows the office’s hours', () => {
    expect(offered(local(14, 9), null)).toEqual({
      inOneHour: local(14, 10),
      thisAfternoon: local(14, 14),
      tomorrowMorning: local(15, 9),
    })
  })
})
