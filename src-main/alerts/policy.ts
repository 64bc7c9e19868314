/** How long, how often, how many: what "can't be missed" means in numbers. */

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/**
 * A system that neither shows a notification nor says no within this time has swallowed it. With the two seconds that asking it may
 * take before, and the reading of the alert, what is urgent is before a person within ten.
 */
export const SHOWN_WITHIN_MS = 7 * SECOND_MS
/** An urgent alert that nobody takes in hand calls again; more often, and people turn the sound off for good. */
export const REPEAT_EVERY_MS = MINUTE_MS
/** A toast is gone after seconds: whoever was away from the desk finds the window of our own instead. */
export const OWN_WINDOW_AFTER_MS = MINUTE_MS
/** More at once are told as one: a stack of toasts is read by nobody. */
export const SINGLY_AT_MOST = 3
/** Whether the system lets alerts through is asked again this often, and before each that is shown. */
export const LOOK_AT_SYSTEM_EVERY_MS = 5 * MINUTE_MS
/** What a notification's "snooze" puts off. Minutes. */
export const SNOOZE_MINUTES = 15
/** What is later than this was raised while nobody could be told. */
export const LATE_AFTER_MS = 2 * MINUTE_MS
