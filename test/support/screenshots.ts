import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { serverCommand } from '../../build/server-command.ts'
import { STANDARD, type NewWall } from '../../server/dashboards/contract.ts'
import { agents, demoPassword } from '../../server/demo/office.ts'
import { photographAlertWindow } from './alert-window.ts'
import { launchBrowser } from './browser.ts'
import { startServerProcess } from './server-process.ts'

interface Picture {
  name: string
  width: number
  height: number
  colorScheme: 'light' | 'dark'
  /** Who sits there; else an agent whom no alert calls, for their cards would lie over the picture. */
  who?: keyof typeof agents
  /** Brings the screen to what the picture shows; the queue is open when it begins. */
  prepare: (page: Page) => Promise<void>
}

// Small enough for a page that shows several of them.
const desktop = { width: 1280, height: 720 } as const
const openTicket = async (page: Page) => {
  await page.goto('/queue/active')
  await page.getByRole('option', { name: /Nenhuma impressora do colégio/ }).click()
  await page.getByRole('heading', { name: /Nenhuma impressora do colégio/ }).waitFor()
}

const pictures: Picture[] = [
  { name: 'ticket-light', ...desktop, colorScheme: 'light', prepare: openTicket },
  { name: 'ticket-dark', ...desktop, colorScheme: 'dark', prepare: openTicket },
  {
    name: 'promise-light',
    ...desktop,
    colorScheme: 'light',
    async prepare(page) {
      await openTicket(page)
      await page.keyboard.press('Shift+D')
      await page.getByRole('dialog').getByRole('table').waitFor()
    },
  },
  {
    name: 'call-light',
    ...desktop,
    colorScheme: 'light',
    async prepare(page) {
      await page.goto('/queue/active')
      await page.getByText('ao vivo').waitFor()
      await page.keyboard.press('ControlOrMeta+Shift+L')
      const panel = page.getByRole('region', { name: 'Registrar ligação' })
      await panel.getByRole('combobox', { name: 'Quem está ligando?' }).fill('Márcia')
      await panel.getByRole('option', { name: /Márcia Teixeira/ }).click()
      await panel.getByText('Nenhuma impressora').waitFor()
    },
  },
  {
    name: 'capture-window',
    width: 480,
    height: 720,
    colorScheme: 'light',
    async prepare(page) {
      await page.goto('/window/capture')
      await page.getByRole('combobox', { name: 'Quem está ligando?' }).fill('Márcia')
      await page.getByRole('option', { name: /Márcia Teixeira/ }).click()
      await page.getByText('Nenhuma impressora').waitFor()
    },
  },
  {
    name: 'rules-light',
    ...desktop,
    colorScheme: 'light',
    who: 'bruno',
    async prepare(page) {
      await takeAlertsInHand(page)
      await page.goto('/settings/rules')
      await page.getByRole('switch', { name: 'VIP parado é urgente' }).waitFor()
    },
  },
  {
    name: 'dashboard-light',
    ...desktop,
    colorScheme: 'light',
    who: 'bruno',
    async prepare(page) {
      await takeAlertsInHand(page)
      await page.goto('/dashboard')
      await page.getByRole('heading', { name: 'Agentes', exact: true }).waitFor()
      await page.getByText('Chegaram', { exact: true }).first().waitFor()
    },
  },
  {
    name: 'wall-dark',
    ...desktop,
    colorScheme: 'dark',
    who: 'bruno',
    async prepare(page) {
      const { secret } = await call<NewWall>(page, 'walls.create', {
        ...{ name: 'Recepção', dashboardIds: [STANDARD], rotateSeconds: 60 },
        ...{ hideCustomers: true, theme: 'dark' },
      })
      await page.goto(`/wall#${secret}`)
      await page.getByText('Maior espera').first().waitFor()
    },
  },
  {
    name: 'reports-light',
    ...desktop,
    colorScheme: 'light',
    who: 'bruno',
    async prepare(page) {
      await takeAlertsInHand(page)
      await page.goto('/reports/firstResponse')
      await page.getByRole('heading', { name: 'Respondemos a tempo?' }).waitFor()
      await page.getByRole('heading', { name: 'Quanto tempo levaram' }).waitFor()
    },
  },
  {
    name: 'phone-light',
    width: 390,
    height: 844,
    colorScheme: 'light',
    async prepare(page) {
      await page.goto('/queue/active')
      await page.getByRole('option').first().waitFor()
    },
  },
]

/** A supervisor is called by what is late; it has to be in hand before the screen is free. */
async function takeAlertsInHand(page: Page): Promise<void> {
  await page.goto('/alerts')
  const all = page.getByRole('button', { name: 'Ciente em todos' })
  const none = page.getByRole('heading', { name: 'Nenhum alerta aberto' })
  await all.or(none).waitFor()
  if (await none.isVisible()) return
  await all.click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Ciente em todos' }).click()
  await none.waitFor()
}

/** What a supervisor's own program would ask of the server. */
async function call<Answer>(page: Page, procedure: string, input: object): Promise<Answer> {
  const post = async (path: string, data: object, token?: string): Promise<unknown> => {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const answer = await page.request.post(`/trpc/${path}`, { data, headers })
    return ((await answer.json()) as { result: { data: unknown } }).result.data
  }
  const login = { email: agents.bruno.email, password: demoPassword }
  const { token } = (await post('auth.login', login)) as { token: string }
  return (await post(procedure, input, token)) as Answer
}

/** Fills `dataDir` with the demonstration office and photographs it into `images`. */
export async function takeScreenshots({
  dataDir,
  images,
}: {
  dataDir: string
  images: string
}): Promise<void> {
  const server = await startServerProcess([...serverCommand, '--demo', '--data-dir', dataDir, '--port', '0'])
  const browser = await launchBrowser()
  try {
    for (const picture of pictures) await photograph(browser, server.url, picture, images)
    await photographPairing(browser, server.url, images)
    await photographAlertWindow(browser, server.url, images)
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function photograph(
  browser: Browser,
  baseURL: string,
  picture: Picture,
  images: string,
): Promise<void> {
  const { name, width, height, colorScheme, who = 'camila', prepare } = picture
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height },
    colorScheme,
    locale: 'pt-BR',
  })
  const page = await context.newPage()
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(agents[who].email)
  await page.getByLabel('Senha', { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: 'Entrar' }).click()
  await page.getByText('ao vivo').waitFor({ state: 'attached' })
  await prepare(page)
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  )
  await page.screenshot({ path: join(images, `${name}.png`) })
  await context.close()
}

/** The desktop's connect page, on a bridge that has just found a server. */
async function photographPairing(browser: Browser, baseURL: string, images: string): Promise<void> {
  const context = await browser.newContext({
    baseURL,
    viewport: desktop,
    colorScheme: 'light',
    locale: 'pt-BR',
  })
  const page = await context.newPage()
  await page.addInitScript(() => {
    const quiet = (): unknown =>
      new Proxy(() => Promise.resolve(null), { get: (_of, name) => (name === 'then' ? undefined : quiet()) })
    const name = 'Escola Ipê Amarelo'
    const servers = [{ id: '1', name, address: '192.168.0.10:4810', version: '', isPaired: false }]
    const server = {
      ...{ name, url: 'https://192.168.0.10:4810' },
      ...{ trust: 'compare', code: 'K7QF-2MXA-90DT-B3WZ' },
    }
    const known: Record<string, unknown> = {
      platform: 'windows',
      onMessage: (listener: (message: unknown) => void) => {
        setTimeout(() => listener({ kind: 'servers-found', servers }))
        return () => undefined
      },
      pairing: {
        status: () => Promise.resolve({ url: null, dataKey: null, alarm: null }),
        browse: () => Promise.resolve(),
        lookFound: () => Promise.resolve({ ok: true, server }),
      },
    }
    Object.defineProperty(window, 'balcao', {
      value: new Proxy(known, { get: (of, key) => of[String(key)] ?? quiet() }),
    })
  })
  await page.goto('/connect')
  await page.getByRole('button', { name: /Escola Ipê Amarelo/ }).click()
  await page.getByRole('group', { name: 'Código do servidor' }).waitFor()
  await page.screenshot({ path: join(images, 'pairing.png') })
  await context.close()
}
