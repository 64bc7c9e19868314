import { expect, test } from 'vitest'
import { ipcArguments, type IpcChannel } from '../../src-main/ipc/contract.ts'
import { useShell } from '../support/electron/use-desktop.ts'

const shell = useShell()
const channels = Object.keys(ipcArguments) as IpcChannel[]
const ourPage = { url: 'app://balcao/', parent: null }

const foreignFrames = {
  'another web site': { url: 'https://intruder.example/', parent: null },
  'a site that borrows our name': { url: 'https://balcao/', parent: null },
  'another host of our scheme': { url: 'app://intruder/', parent: null },
  'a file': { url: 'file:///etc/passwd', parent: null },
  'a blank frame': { url: 'about:blank', parent: null },
  'our page inside another': { url: 'app://balcao/', parent: { url: 'app://balcao/' } },
  'a frame that is gone': null,
}

test.each(Object.entries(foreignFrames))('%s may ask nothing', async (_name, frame) => {
  const { electron } = await shell.start()
  for (const channel of channels) {
    await expect(electron.ipcMain.deliver(frame, channel, [])).rejects.toThrow('ipc.forbidden')
  }
})

test('a frame inside our own page may ask nothing', async () => {
  const desktop = await shell.start()
  const page = await desktop.page()
  const answer = await page.evaluate(async () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    const inside = frame.contentWindow as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
    const reached = inside['electronStandInInvoke']
    return reached ? reached('secret.get', ['token']).catch((error: unknown) => String(error)) : 'not reached'
  })
  expect(answer).toContain('ipc.forbidden')
})

const wrongArguments: [IpcChannel, unknown[]][] = [
  ['server-url.get', ['unexpected']],
  ['server-url.set', []],
  ['server-url.set', [42]],
  ['server-url.set', ['x'.repeat(3_000)]],
  ['secret.get', ['password']],
  ['secret.get', ['__proto__']],
  ['secret.set', ['token']],
  ['secret.set', ['token', '']],
  ['secret.set', ['token', { toString: 'x' }]],
  ['secret.delete', ['token', 'another']],
  ['external.open', [null]],
  ['language.set', ['tlh']],
]

test.each(wrongArguments)('%s refuses %j', async (channel, args) => {
  const { electron } = await shell.start()
  await expect(electron.ipcMain.deliver(ourPage, channel, args)).rejects.toThrow('ipc.invalid')
})

test('the page gets named questions, and neither Node nor the channel itself', async () => {
  const desktop = await shell.start()
  const page = await desktop.page()
  const seen = await page.evaluate(() => ({
    balcao: Object.keys(window.balcao ?? {}).sort(),
    node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window),
  }))

  expect(seen.balcao).toEqual([
    'alerts',
    'computer',
    'host',
    'onMessage',
    'openExternal',
    'pairing',
    'phoneHook',
    'platform',
    'secrets',
    'serverUrl',
    'setLanguage',
    'updates',
    'windows',
  ])
  expect(seen.node).toEqual([])
})
