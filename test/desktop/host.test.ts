import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/axe.ts'
import { useClient } from '../support/electron/use-desktop.ts'

const client = useClient()

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** The process whose command line names `argument`, by Linux's own list. */
async function processWith(argument: string): Promise<number> {
  for (const pid of await readdir('/proc')) {
    const line = /^\d+$/.test(pid) ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : ''
    if (line.split('\0').includes(argument)) return Number(pid)
  }
  throw new Error(`no process has ${argument}`)
}

test('a shutdown, a log-off and a signal end the server without the question that a person gets', async () => {
  for (const how of ['shutdown', 'SIGTERM'] as const) {
    const desktop = await client.start({ platform: 'macos' })
    const page = await desktop.page()
    const port = await freePort()
    const started = await page.evaluate((wanted) => window.balcao?.host.start(wanted), port)
    expect(started?.step).toBe('running')
    const asked: string[] = []
    desktop.computer.chooseButton = (message) => void asked.push(message)
    desktop.electron.app.quit()
    expect(asked).toHaveLength(1)
    if (how === 'shutdown') {
      desktop.electron.power.shutDown()
      desktop.electron.app.quit()
      // The program's own, which is the last that was set.
    } else process.listeners('SIGTERM').at(-1)?.('SIGTERM')
    await desktop.electron.app.ended
    expect(asked).toHaveLength(1)
  }
}, 60_000)

test.runIf(process.platform === 'linux')(
  'a computer becomes the server, goes on to the first run, survives a crash of it, and ends it only after asking',
  async () => {
    const desktop = await client.start()
    const page = await desktop.page()
    const port = await freePort()
    const answers = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    const view = () => page.evaluate(() => window.balcao?.host.get())

    await page.getByRole('button', { name: 'Este computador será o servidor' }).click()
    await expectNoAxeViolations(page)
    await page.getByLabel('Porta').fill(String(port))
    await page.getByRole('button', { name: 'Ligar o servidor aqui' }).click()
    await page.getByRole('heading', { name: 'Boas-vindas ao Balcão' }).waitFor()
    expect(await answers()).toBe(true)
    const running = await view()
    expect(running?.state).toMatchObject({ step: 'running', url: `http://127.0.0.1:${port}` })

    const pid = await processWith(running?.dataDir ?? '')
    process.kill(pid, 'SIGKILL')
    await expect.poll(async () => (await view())?.state.step).toBe('waiting')
    await expect.poll(async () => (await view())?.state.step, { timeout: 25_000 }).toBe('running')
    expect(await answers()).toBe(true)

    const asked: string[] = []
    desktop.computer.chooseButton = (message) => void asked.push(message)
    desktop.electron.app.quit()
    expect(asked).toEqual(['Sair também desliga o servidor'])
    expect(await answers()).toBe(true)
    desktop.computer.chooseButton = (_message, buttons) => buttons[0]
    desktop.electron.app.quit()
    await desktop.electron.app.ended
    // The program is over after its server: nothing has the files open that an update replaces then.
    expect(await answers()).toBe(false)
  },
  60_000,
)
