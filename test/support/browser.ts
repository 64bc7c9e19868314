/** The tests' one way to a real Chromium. */
import { chromium, type Browser, type Page } from 'playwright-core'
import { findInstalledChromium, unpackBundledChromium, type Chromium } from './chromium.ts'

export { expectNoAxeViolations, expectNoAxeViolationsInAnyLook } from './axe.ts'

const fastFlags = [
  '--disable-background-networking',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
  '--mute-audio',
  '--font-render-hinting=none',
]

/**
 * A headless Chromium; the caller closes it. Web security stays on, so a test sees the same CORS and CSP as a user.
 * `args` are further command-line flags.
 */
export async function launchBrowser(options: { args?: readonly string[] } = {}): Promise<Browser> {
  const launch = (where: Chromium): Promise<Browser> =>
    chromium.launch({
      executablePath: where.executablePath,
      env: definedOnly(where.env),
      args: [...fastFlags, ...(options.args ?? [])],
    })
  const chosen = process.env.BALCAO_CHROMIUM
  if (chosen) return launch({ executablePath: chosen, env: process.env })
  for (const installed of findInstalledChromium()) {
    const browser = await launch(installed).catch(() => undefined)
    if (browser) return browser
  }
  return launch(await unpackBundledChromium())
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** Everything a page complained about: console errors, uncaught exceptions. Read it at the end of a test. */
export function collectPageErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`)
  })
  return errors
}
