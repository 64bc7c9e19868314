/** The window of alerts in a plain browser: the built page with a stand-in for the desktop, which tells it its cards. */
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { AlertAct, AlertCard } from '../../src-main/alerts/ipc.ts'
import type { DesktopMessage } from '../../src-main/ipc/contract.ts'

interface StandIn {
  tell(message: DesktopMessage): void
  readonly acts: AlertAct[]
  hidden: number
}
declare global {
  interface Window {
    desktopStandIn: StandIn
  }
}

export interface AlertWindow {
  page: Page
  show(cards: readonly AlertCard[]): Promise<void>
  /** What its person did, in order. */
  acts(): Promise<readonly AlertAct[]>
  /** How often they put it away. */
  hidden(): Promise<number>
}

/** As large as the desktop opens it. */
export const ALERT_WINDOW_SIZE = { width: 420, height: 520 }

export async function openAlertWindow(context: BrowserContext, url: string): Promise<AlertWindow> {
  await context.addInitScript(() => {
    const listeners: ((message: DesktopMessage) => void)[] = []
    const standIn: StandIn = {
      tell: (message) => listeners.forEach((each) => each(message)),
      acts: [],
      hidden: 0,
    }
    const balcao = {
      platform: 'windows',
      setLanguage: () => Promise.resolve(),
      onMessage: (listener: (message: DesktopMessage) => void) => {
        listeners.push(listener)
        return () => undefined
      },
      serverUrl: {},
      pairing: {},
      alerts: {
        act: (act: AlertAct) => Promise.resolve(void standIn.acts.push(act)),
        cards: () => Promise.resolve([]),
        hideWindow: () => Promise.resolve(void (standIn.hidden += 1)),
      },
    }
    Object.assign(window, { balcao, desktopStandIn: standIn })
  })
  const page = await context.newPage()
  await page.goto(`${url}/window/alerts`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return {
    page,
    show: (cards) =>
      page.evaluate((told) => window.desktopStandIn.tell({ kind: 'alert-cards', cards: told }), cards),
    acts: () => page.evaluate(() => window.desktopStandIn.acts),
    hidden: () => page.evaluate(() => window.desktopStandIn.hidden),
  }
}

/** Cards as an office knows them. `now`: UTC milliseconds. */
export function someCards(now: number): AlertCard[] {
  const minutesAgo = (minutes: number): string => new Date(now - minutes * 60_000).toISOString()
  return [
    {
      id: '019abc00-0000-7000-8000-000000000001',
      ticketId: '019abc00-0000-7000-8000-0000000000a1',
      severity: 'urgent',
      title: 'Prazo da 1ª resposta vencido há 4 min',
      body: '2026-000412 · Impressora fiscal não imprime\nPadaria São José',
      raisedAt: minutesAgo(4),
      calls: 3,
    },
    {
      id: '019abc00-0000-7000-8000-000000000002',
      ticketId: '019abc00-0000-7000-8000-0000000000a2',
      severity: 'urgent',
      title: 'Prazo da solução vencido há 1 min',
      body: '2026-000398 · Sem internet no caixa 2\nMercado Oliveira',
      raisedAt: minutesAgo(1),
      calls: 1,
    },
    {
      id: '019abc00-0000-7000-8000-000000000003',
      ticketId: '019abc00-0000-7000-8000-0000000000a3',
      severity: 'warning',
      title: 'Prazo da próxima resposta vence em 12 min',
      body: '2026-000405 · Nota fiscal rejeitada\nFarmácia Central',
      raisedAt: minutesAgo(2),
      calls: 1,
    },
  ]
}

/** Writes `alert-window.png` into `images`. */
export async function photographAlertWindow(browser: Browser, url: string, images: string): Promise<void> {
  const context = await browser.newContext({
    viewport: ALERT_WINDOW_SIZE,
    colorScheme: 'light',
    locale: 'pt-BR',
    reducedMotion: 'reduce',
  })
  const { page, show } = await openAlertWindow(context, url)
  await show(someCards(Date.now()))
  await page.getByRole('article').first().and(page.locator(':focus')).waitFor()
  await page.screenshot({ path: join(images, 'alert-window.png') })
  await context.close()
}
