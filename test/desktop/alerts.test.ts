import { expect, test } from 'vitest'
import { startAlertOffice, type AlertOffice } from '../support/alert-office.ts'
import type { Desktop } from '../support/electron/start-desktop.ts'
import { useClient } from '../support/electron/use-desktop.ts'
import { PASSWORD } from '../support/server.ts'

const client = useClient()

/** A computer that Bruno has logged in on and put the program out of sight of. */
async function brunosComputer({ server }: AlertOffice): Promise<Desktop> {
  const desktop = await client.start({ serverUrl: server.url, platform: 'windows' })
  const page = await desktop.page()
  const account = { email: 'bruno@ipe.example', password: PASSWORD }
  const { token } = await server.client().auth.login.mutate(account)
  await page.evaluate((secret) => window.balcao?.secrets.set('token', secret), token)
  await page.reload()
  desktop.window().close()
  desktop.electron.notifications.at(-1)?.dismiss()
  await expect.poll(() => trayOf(desktop)).toBe('tray-quiet')
  return desktop
}

const trayOf = ({ electron }: Desktop): string | undefined => electron.tray?.picture.name
const seen = ({ electron }: Desktop) => electron.notifications.filter((each) => each.isOnScreen)
const titles = (desktop: Desktop): string[] => seen(desktop).map(({ title }) => title)
const isOutOfSight = (desktop: Desktop): boolean => desktop.windows().every((window) => !window.isVisible())

const missed = {
  severity: 'urgent',
  reason: 'sla.breached',
  data: { metric: 'resolution', dueAt: '2026-03-09T11:00:00.000Z' },
} as const
const TITLE = /^Prazo da solução vencido há /

test('an urgent alert reaches a computer without a window in sight; a click on it opens the ticket', async () => {
  await using office = await startAlertOffice()
  const desktop = await brunosComputer(office)
  expect(isOutOfSight(desktop)).toBe(true)

  await office.raise(missed)
  await expect.poll(() => titles(desktop)).toEqual([expect.stringMatching(TITLE)])
  expect(seen(desktop)[0]?.body).toContain(`${office.ticket.number} · Impressora fiscal não imprime`)
  expect(seen(desktop)[0]).toMatchObject({ timeoutType: 'never', silent: true })
  expect(trayOf(desktop)).toBe('tray-urgent-1')
  expect(desktop.electron.tray?.tooltip).toContain('1 alerta urgente')
  expect(isOutOfSight(desktop)).toBe(true)
  const toldOf = async () => (await office.alertOf(office.bruno))?.recipients[0]
  await expect.poll(toldOf).toMatchObject({ deliveredAt: expect.any(String), seenAt: null })
  expect(await toldOf()).toMatchObject({ showings: [{ way: 'notification', reason: null }] })

  seen(desktop)[0]?.click()
  expect(desktop.window().isFocused()).toBe(true)
  await (await desktop.page()).waitForURL(`**/ticket/${office.ticket.id}`)
  await expect.poll(toldOf).toMatchObject({ seenAt: expect.any(String) })
})

test('taken in hand on one computer, an alert is gone from all of them', async () => {
  await using office = await startAlertOffice()
  const [one, other] = [await brunosComputer(office), await brunosComputer(office)]
  await office.raise(missed)
  await expect.poll(() => titles(one)).toEqual([expect.stringMatching(TITLE)])
  await expect.poll(() => titles(other)).toEqual([expect.stringMatching(TITLE)])

  seen(one)[0]?.choose('Ciente')
  await expect.poll(() => titles(other)).toEqual([])
  expect(trayOf(one)).toBe('tray-quiet')
  expect(trayOf(other)).toBe('tray-quiet')
  expect(other.electron.notifications.filter(({ title }) => TITLE.test(title))).toHaveLength(1)
  const recent = await office.bruno.api.alerts.list.query({ state: 'recent' })
  expect(recent.items).toMatchObject([{ acknowledgedBy: { name: 'Bruno' } }])
})

test('what the system refuses to show comes in a window of our own, and the desk knows of that computer', async () => {
  await using office = await startAlertOffice()
  const desktop = await brunosComputer(office)
  desktop.computer.notificationFate = { failsWith: 'Notifications are disabled for this app' }

  await office.raise(missed)
  await expect.poll(() => desktop.windows('alert').map((window) => window.isVisible())).toEqual([true])
  expect(desktop.window('alert').isFocused()).toBe(false)
  const page = await desktop.page('alert')
  await page.getByRole('article').getByText(TITLE).waitFor()
  // Whatever made its page start again, the alert is still there.
  await page.reload()
  await page.getByRole('article').getByText(TITLE).waitFor()
  const screens = () => office.ana.api.screens.list.query()
  await expect.poll(screens).toMatchObject([{ agent: { name: 'Bruno' }, blocked: 'permission_denied' }])

  const acknowledge = page.getByRole('article').getByRole('button', { name: 'Ciente' })
  // The page takes no press in the moment that a card appears: it was meant for what was there before.
  await expect
    .poll(async () => {
      if (await acknowledge.isVisible()) await acknowledge.click()
      return trayOf(desktop)
    })
    .toBe('tray-quiet')
  expect(isOutOfSight(desktop)).toBe(true)
})

test('whose session ends while the program is out of sight is told that no alert comes any more', async () => {
  await using office = await startAlertOffice()
  const desktop = await brunosComputer(office)
  // Bruno notices that he left a computer logged in, and ends its session from another.
  await office.bruno.api.auth.revokeOthers.mutate()
  await expect.poll(() => titles(desktop)).toEqual(['Nenhum alerta chega a este computador'])
  expect(trayOf(desktop)).toBe('tray-signedOut')

  seen(desktop)[0]?.click()
  expect(desktop.window().isFocused()).toBe(true)
  await (await desktop.page()).getByLabel('Senha').waitFor()
})
