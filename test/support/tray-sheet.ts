/** A sheet of all states of the tray, as they stand on a light and a dark task bar and in a Mac's menu bar. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renderIcons } from '../../build/icons.ts'
import type { TrayIcon } from '../../src-main/tray/model.ts'
import { launchBrowser } from './browser.ts'

const states: readonly [TrayIcon, string][] = [
  ['quiet', 'nothing waits'],
  ['info', 'for information'],
  ['warning', 'warning'],
  ['urgent', 'urgent'],
  ['offline', 'server not reached'],
  ['signedOut', 'nobody signed in'],
]
const counts: readonly [string, string][] = [
  ['urgent-1', '1'],
  ['urgent-4', '4'],
  ['warning-2', '2'],
  ['warning-9plus', '9+'],
  ['info-7', '7'],
  ['offline-3', '3, server not reached'],
]

/** Writes `tray-states.png` into `images`. */
export async function takeTraySheet(icons: string, images: string): Promise<void> {
  await renderIcons(icons)
  const picture = async (name: string, size: number): Promise<string> => {
    const data = await readFile(join(icons, `${name}@2x.png`), 'base64')
    return `<img src="data:image/png;base64,${data}" width="${String(size)}" height="${String(size)}" alt="">`
  }
  const row = async (title: string, ground: string, name: (state: string) => string): Promise<string> => {
    const cells = await Promise.all(
      states.map(async ([icon]) => {
        const size = name(icon).endsWith('Template') ? 18 : 16
        return `<td class="${ground}">${await picture(name(icon), size)}${await picture(name(icon), size * 2)}</td>`
      }),
    )
    return `<tr><th>${title}</th>${cells.join('')}</tr>`
  }
  const counted = await Promise.all(
    counts.map(
      async ([name]) =>
        `<td class="dark">${await picture(`tray-${name}`, 16)}${await picture(`tray-${name}`, 32)}</td>`,
    ),
  )
  const heading = (words: readonly (readonly [string, string])[]): string =>
    `<tr><td></td>${words.map(([, text]) => `<th>${text}</th>`).join('')}</tr>`
  const html = `<style>
    main { width: fit-content; padding: 16px; font: 12px system-ui, sans-serif; color: #1b2429; background: #fff; }
    table { border-spacing: 4px; }
    th { padding: 2px 8px; font-weight: 500; text-align: left; }
    td { height: 44px; padding: 0 12px; white-space: nowrap; border-radius: 4px; }
    img { margin-right: 12px; vertical-align: middle; }
    .light { background: #e9eef2; } .dark { background: #1c2126; } .bar { background: #f6f6f6; }
    .darkbar { background: #2a2a2c; } .darkbar img { filter: invert(1); }
  </style><main><table>${heading(states)}
  ${await row('Windows, Linux', 'light', (state) => `tray-${state}`)}
  ${await row('', 'dark', (state) => `tray-${state}`)}
  ${await row('Mac', 'bar', (state) => `tray-${state}Template`)}
  ${await row('', 'darkbar', (state) => `tray-${state}Template`)}
  ${heading(counts)}<tr><th>with a count</th>${counted.join('')}</tr></table></main>`

  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ deviceScaleFactor: 2 })
    await page.setContent(html)
    await page.locator('main').screenshot({ path: join(images, 'tray-states.png') })
  } finally {
    await browser.close()
  }
}
