import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Servers that are killed again and again, then browsers: a long file that begins last keeps one processor waiting for it. */
const LONGEST = [/crash\.test\.ts$/, /\/e2e\//, /\/server\/command-line\./, /\/desktop\//, /\/server\//]

const rank = ({ moduleId }: TestSpecification): number => {
  const found = LONGEST.findIndex((pattern) => pattern.test(moduleId))
  return found === -1 ? LONGEST.length : found
}

/** Begins with the files that take longest; among equals the order is Vitest's own, by the time they took or by their size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.sort((one, other) => rank(one) - rank(other))
  }
}
