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
  await page.evaluate(axe.source)
  const violations = await page.evaluate(
    async ({ within, withoutRules, runOnly }) => {
      const injected = (window as unknown as { axe: typeof axe }).axe
      const rules = Object.fromEntries(withoutRules.map((rule) => [rule, { enabled: false }]))
      const found = await injected.run(within ?? document, { runOnly, rules })
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
