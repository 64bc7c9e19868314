import axe from 'axe-core'
import type { Page } from 'playwright-core'

export interface AxeOptions {
  /** CSS selector of the part to look at; the whole page when absent. */
  readonly within?: string
  /** Rule ids that do not apply to this screen. Each needs its reason beside it, in the test. */
  readonly withoutRules?: readonly string[]
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Fails with one readable line per offending element when axe finds anything on the page as it stands. */
export async function expectNoAxeViolations(page: Page, options: AxeOptions = {}): Promise<void> {
  // Evaluated rather than added as a script element, which the page's own CSP would refuse.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  await colorsAreStill(page)
  const violations = await page.evaluate(
    async ({ within, withoutRules, runOnly }) => {
      const injected = (window as unknown as { axe: typeof axe }).axe
      const rules = Object.fromEntries(withoutRules.map((rule) => [rule, { enabled: false }]))
      const found = await injected.run(within ?? document, { runOnly, rules, resultTypes: ['violations'] })
      return found.violations.flatMap((violation) =>
        violation.nodes.map(
          (node) =>
            `${violation.id} (${violation.impact}): ${node.target.join(' ')}\n    ${node.failureSummary ?? ''}`,
        ),
      )
    },
    {
      within: options.within,
      withoutRules: [...(options.withoutRules ?? [])],
      runOnly: { type: 'tag' as const, values: tags },
    },
  )
  if (violations.length > 0) throw new Error(`axe found ${violations.length}:\n${violations.join('\n')}`)
}

/** Where the scheme has just changed colours are on their way for a moment, and axe would see them as they were. */
const colorsAreStill = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const transitions = document.getAnimations().filter((each) => each instanceof CSSTransition)
    await Promise.allSettled(transitions.map(({ finished }) => finished))
  })

/** What a person may have set for the whole computer. */
const LOOKS = [
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'more' },
  { colorScheme: 'light', contrast: 'no-preference' },
] as const

/** As `expectNoAxeViolations`, in the dark, with high contrast and in the light, where it leaves the page. */
export async function expectNoAxeViolationsInAnyLook(page: Page): Promise<void> {
  for (const look of LOOKS) {
    await page.emulateMedia(look)
    // On its way to its new colour a text has neither.
    await page.evaluate(() =>
      Promise.all(
        document
          .getAnimations()
          .filter((each) => each instanceof CSSTransition)
          .map((each) => each.finished.catch(() => undefined)),
      ),
    )
    await expectNoAxeViolations(page).catch((error: Error) => {
      throw new Error(`${Object.values(look).join(', ')}: ${error.message}`)
    })
  }
}
