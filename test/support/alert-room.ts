/** The alerts of one computer against a real server, on ports that a test plays: time that leaps, a plug to pull, sleep. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import { createAlertsRoom } from '../../src-main/alerts/room.ts'
import type { AlertCard } from '../../src-main/alerts/ipc.ts'
import type { OfficeState } from '../../src-main/office/office.ts'
import type { DesktopMessage } from '../../src-main/ipc/contract.ts'
import type { Clock, DesktopPorts, DesktopWindow } from '../../src-main/ports.ts'
import { openSettings } from '../../src-main/settings/settings.ts'
import type { AppWindows } from '../../src-main/windows/windows.ts'
import { createAlertSystem } from './alert-system.ts'

/** Runs as time does, until the test lets it leap: then what fell due meanwhile happens at once, as after a sleep. */
function createLeapingClock(): Clock & { leap(ms: number): void } {
  let ahead = 0
  const timers = new Set<{ at: number; ring(): void }>()
  const now = (): number => Date.now() + ahead
  return {
    now,
    after(ms, act) {
      const ring = (): void => {
        if (!timers.delete(timer)) return
        clearTimeout(real)
        act()
      }
      const real = setTimeout(ring, ms)
      const timer = { at: now() + ms, ring }
      timers.add(timer)
      return () => {
        timers.delete(timer)
        clearTimeout(real)
      }
    },
    leap(ms) {
      ahead += ms
      const due = [...timers].filter(({ at }) => at <= now())
      for (const { ring } of due.sort((one, other) => one.at - other.at)) ring()
    },
  }
}

export interface AlertRoomOptions {
  serverUrl: string
  token: string | null
}

/** Close it with the test; it is signed in when it returns, and not yet live. */
export async function anAlertRoom({ serverUrl, token }: AlertRoomOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'balcao-room-'))
  const clock = createLeapingClock()
  const { system, everShown, shown, press, click, ports } = createAlertSystem()
  const session = { read: () => Promise.resolve(token) }
  const plug = { isIn: true, lagMs: 0, serverAheadMs: 0 }
  const own = { isShown: false, cards: [] as readonly AlertCard[], sounds: 0 }
  const opened: string[] = []
  const log: string[] = []
  const onResume: (() => void)[] = []
  const states: OfficeState[] = []
  let serverNews = 0
  let signedOut = 0

  const alertWindow = {
    showInactive: () => void (own.isShown = true),
    hide: () => void (own.isShown = false),
    send(message: DesktopMessage) {
      if (message.kind === 'alert-cards') own.cards = message.cards
      if (message.kind === 'sound') own.sounds += 1
    },
  } as DesktopWindow
  const settings = openSettings(folder, (line) => void log.push(line))
  settings.update({ serverUrl })

  const room = createAlertsRoom({
    ports: {
      ...ports,
      clock,
      env: {
        platform: 'windows',
        computerName: 'CAIXA-01',
        version: '1.0.0',
        userDataDir: folder,
      } as DesktopPorts['env'],
      async fetch(url, init) {
        if (!plug.isIn) throw new TypeError('no network')
        await new Promise((resolve) => setTimeout(resolve, plug.lagMs))
        const answer = await fetch(url, init)
        if (plug.serverAheadMs === 0) return answer
        const headers = new Headers(answer.headers)
        headers.set('date', new Date(Date.now() + plug.serverAheadMs).toUTCString())
        return new Response(answer.body, { status: answer.status, headers })
      },
      power: {
        onSuspend: () => undefined,
        onResume: (listener) => void onResume.push(listener),
        onLock: () => undefined,
        onUnlock: () => undefined,
      },
      badge: { show: () => undefined, bounce: () => undefined, calm: () => undefined },
      log: (line) => void log.push(line),
    },
    settings,
    secrets: { get: () => session.read() },
    windows: {
      openMain: (path = '/') => void opened.push(path),
      main: () => null,
      alertWindow: () => alertWindow,
      focused: () => null,
      focusedTicketWindow: () => null,
      onFocusChanged: () => undefined,
      onClosed: () => undefined,
    } as unknown as AppWindows,
    language: () => 'pt-BR',
    onChange: () => void states.push(room.office.state()),
    onEvent: () => undefined,
    onServerNews: () => void (serverNews += 1),
    onSignedOut: () => void (signedOut += 1),
    onUnkept: () => undefined,
  })
  onTestFinished(async () => {
    room.stop()
    await rm(folder, { recursive: true, force: true })
  })
  await room.office.reconsider()

  return {
    ...room,
    ...{ clock, system, everShown, shown, press, click, own, opened, log, states },
    serverNews: () => serverNews,
    signedOut: () => signedOut,
    link: () => room.office.state().link,
    live: () => vi.waitFor(() => expect(room.office.state().link).toBe('live'), 15_000),
    /** Another logs in, or nobody does. */
    async signIn(next: string | null): Promise<void> {
      session.read = () => Promise.resolve(next)
      await room.office.reconsider()
    },
    session,
    /** The computer's network plug; whoever pulls it cuts the server's connections too. */
    unplug: () => void (plug.isIn = false),
    plugIn: () => void (plug.isIn = true),
    /** From now on this computer's clock is as far behind the server's. */
    setBack: (ms: number) => void (plug.serverAheadMs = ms),
    /** The server has another address, and the session is the same. */
    async serverMoves(url: string): Promise<void> {
      settings.update({ serverUrl: url })
      await room.office.reconsider()
    },
    /** From now on every request takes this much longer. */
    slowDown: (ms: number) => void (plug.lagMs = ms),
    wakeUp: () => onResume.forEach((listener) => listener()),
  }
}
