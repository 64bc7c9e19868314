import { expect, test } from 'vitest'
import { createViewing } from '../../../src-main/alerts/viewing.ts'
import type { AppWindows } from '../../../src-main/windows/windows.ts'

const PRINTER = '019abc00-0000-7000-8000-0000000000a1'
const TORN_OFF = '019abc00-0000-7000-8000-0000000000a2'

function someWindows() {
  let focused: number | null = null
  let torn: string | null = null
  const focusListeners: (() => void)[] = []
  const closeListeners: ((windowId: number) => void)[] = []
  const windows = {
    focused: () => (focused === null ? null : { id: focused }),
    focusedTicketWindow: () => (torn === null ? null : { ticketId: torn }),
    onFocusChanged: (listener: () => void) => void focusListeners.push(listener),
    onClosed: (listener: (windowId: number) => void) => void closeListeners.push(listener),
  } as unknown as AppWindows
  return {
    windows,
    focus(windowId: number | null, ticketId: string | null = null) {
      focused = windowId
      torn = ticketId
      for (const listener of focusListeners) listener()
    },
    close: (windowId: number) => closeListeners.forEach((listener) => listener(windowId)),
  }
}

test('a ticket is being looked at while its window has the keyboard, and in no other', () => {
  const { windows, focus } = someWindows()
  const viewing = createViewing(windows)
  viewing.shows(1, PRINTER)
  expect(viewing.focusedTicket()).toBeNull()
  focus(1)
  expect(viewing.focusedTicket()).toBe(PRINTER)
  focus(2)
  expect(viewing.focusedTicket()).toBeNull()
})

test('a page that goes back to the list, and a window that was closed, show no ticket', () => {
  const { windows, focus, close } = someWindows()
  const viewing = createViewing(windows)
  focus(1)
  viewing.shows(1, PRINTER)
  viewing.shows(1, null)
  expect(viewing.focusedTicket()).toBeNull()
  viewing.shows(1, PRINTER)
  close(1)
  expect(viewing.focusedTicket()).toBeNull()
})

test('a torn-off ticket is known before its page has said anything', () => {
  const { windows, focus } = someWindows()
  const viewing = createViewing(windows)
  focus(2, TORN_OFF)
  expect(viewing.focusedTicket()).toBe(TORN_OFF)
})

test('a ticket counts as read when its window comes to the front, and when the page turns to it', () => {
  const { windows, focus } = someWindows()
  const viewing = createViewing(windows)
  const read: string[] = []
  viewing.onRead((ticketId) => read.push(ticketId))
  viewing.shows(1, PRINTER)
  expect(read).toEqual([])
  focus(1)
  expect(read).toEqual([PRINTER])
  focus(null)
  viewing.shows(1, TORN_OFF)
  expect(read).toEqual([PRINTER])
})
