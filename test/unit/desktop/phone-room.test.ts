import { expect, test } from 'vitest'
import type { DeskEvent } from '../../../server/events/contract.ts'
import type { PopCall } from '../../../src-main/phone/pop.ts'
import { createPhoneRoom } from '../../../src-main/phone/room.ts'
import type { DesktopWindow } from '../../../src-main/ports.ts'
import type { OfficeState } from '../../../src-main/office/office.ts'
import { createFakeClock } from './alert-desk.ts'
import { ME } from './alert-support.ts'

const ringing: PopCall = {
  ...{ id: 'one', direction: 'in', state: 'ringing', role: 'rings', number: '+55 11 98765 4321' },
}
const signedIn = { id: ME, name: 'Ana', teamIds: [], role: 'agent' } as unknown as OfficeState['me']

function aPhone() {
  const clock = createFakeClock()
  const office: { link: OfficeState['link']; me: OfficeState['me'] } = { link: 'live', me: signedIn }
  const server = { calls: [ringing] as PopCall[] | null, asked: 0 }
  const shown: (string | undefined)[] = []
  const named: string[] = []
  const main = { isFocused: () => false }
  let capture: { window: DesktopWindow; focus(): void; close(): void } | null = null

  function open(): DesktopWindow {
    const onFocus: ((isFocused: boolean) => void)[] = []
    const onClosed: (() => void)[] = []
    const close = (): void => {
      capture = null
      onClosed.forEach((listener) => listener())
    }
    const window = {
      close,
      onFocusChanged: (listener: (isFocused: boolean) => void) => onFocus.push(listener),
      onClosed: (listener: () => void) => onClosed.push(listener),
    } as unknown as DesktopWindow
    capture = { window, close, focus: () => onFocus.forEach((listener) => listener(true)) }
    return window
  }

  const room = createPhoneRoom({
    ports: { clock },
    office: () => office,
    calls() {
      server.asked += 1
      return Promise.resolve(server.calls)
    },
    windows: {
      main: () => main as unknown as DesktopWindow,
      capture: () => capture?.window ?? null,
      popCapture({ phone, callId }) {
        shown.push(phone)
        if (callId !== undefined) named.push(callId)
        return capture?.window ?? open()
      },
    },
  })
  return {
    ...{ room, office, server, shown, named, main },
    open,
    capture: () => capture,
    async hears(type: string, data: object = {}): Promise<void> {
      room.hear({
        type,
        data: { callId: 'one', agentIds: [ME], isUnclaimed: false, ...data },
      } as unknown as DeskEvent)
      await clock.advance(1_000)
    },
  }
}

test('the caller’s number, and which call it is, come with the window, once', async () => {
  const phone = aPhone()
  await phone.hears('call.ringing')
  await phone.hears('call.updated')
  expect(phone.shown).toEqual(['+55 11 98765 4321'])
  expect(phone.named).toEqual(['one'])
})

test('a window that nobody came to goes when the call is over', async () => {
  const phone = aPhone()
  await phone.hears('call.ringing')
  phone.server.calls = []
  await phone.hears('call.answered', { agentIds: ['somebody else'] })
  expect(phone.capture()).toBeNull()
})

test('a window that somebody came to stays', async () => {
  const phone = aPhone()
  await phone.hears('call.ringing')
  phone.capture()?.focus()
  phone.server.calls = []
  await phone.hears('call.ended')
  expect(phone.capture()).not.toBeNull()
})

test('a window that was put away does not come back for the same call', async () => {
  const phone = aPhone()
  await phone.hears('call.ringing')
  phone.capture()?.close()
  await phone.hears('call.ringing')
  expect(phone.shown).toHaveLength(1)
})

test('calls of others are not asked about, nor anything while nobody is signed in', async () => {
  const phone = aPhone()
  await phone.hears('call.ringing', { agentIds: ['somebody else'] })
  await phone.hears('ticket.created')
  phone.office.me = null
  await phone.hears('call.ringing')
  expect(phone.server.asked).toBe(0)
})

test('a server that does not answer changes nothing', async () => {
  const phone = aPhone()
  await phone.hears('call.ringing')
  phone.server.calls = null
  await phone.hears('call.ended')
  expect(phone.capture()).not.toBeNull()
})

test('who signs out leaves no caller’s number on the screen', async () => {
  const phone = aPhone()
  await phone.hears('call.ringing')
  Object.assign(phone.office, { me: null, link: 'signedOut' })
  phone.room.follow()
  expect(phone.capture()).toBeNull()
})

test('a call that rings already when the line to the server is back brings its window', async () => {
  const phone = aPhone()
  phone.room.follow()
  await phone.hears('nothing')
  expect(phone.shown).toHaveLength(1)
})
