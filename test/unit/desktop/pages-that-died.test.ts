import type { WebContents } from 'electron'
import { expect, test } from 'vitest'
import type { DesktopMessage } from '../../../src-main/ipc/contract.ts'
import { messagesTo } from '../../../src-main/electron/page-messages.ts'
import type { DesktopWindow } from '../../../src-main/ports.ts'
import { createCrashWatch } from '../../../src-main/windows/crash.ts'
import { createAlertSystem } from '../../support/alert-system.ts'
import { createFakeClock } from './alert-desk.ts'

test('a page that comes back after an hour hears the last of the sounds that it missed, and every address in order', () => {
  const heard: unknown[] = []
  let onReady: (event: object) => void = () => undefined
  const say = messagesTo({
    ipc: { on: (_channel: string, listener: typeof onReady) => void (onReady = listener) },
    on: () => undefined,
    send: (_channel: string, message: unknown) => void heard.push(message),
  } as unknown as WebContents)

  const sound = (tone: 'bell' | 'siren'): DesktopMessage => ({ kind: 'sound', tone, volume: 1 })
  for (let minute = 0; minute < 60; minute += 1) say(sound('siren'))
  say({ kind: 'open', path: '/alerts' })
  say(sound('bell'))
  say({ kind: 'open', path: '/queue' })
  onReady({ senderFrame: { parent: null, url: 'app://balcao/' } })
  expect(heard).toEqual([{ kind: 'open', path: '/alerts' }, sound('bell'), { kind: 'open', path: '/queue' }])
})

test('the notice of a page that keeps dying goes with its window: nothing reaches for what is closed', () => {
  const { ports, shown } = createAlertSystem()
  const gone: ((reason: string) => void)[] = []
  const closed: (() => void)[] = []
  const watch = createCrashWatch(
    { clock: createFakeClock(), notifier: ports.notifier, log: () => undefined },
    () => 'pt-BR',
  )
  watch.follow({
    id: 7,
    kind: 'ticket',
    reload: () => undefined,
    onGone: (listener: (typeof gone)[number]) => void gone.push(listener),
    onClosed: (listener: () => void) => void closed.push(listener),
  } as unknown as DesktopWindow)
  gone.forEach((die) => die('crashed'))
  gone.forEach((die) => die('crashed'))
  expect(shown()).toHaveLength(1)
  closed.forEach((close) => close())
  expect(shown()).toEqual([])
})
