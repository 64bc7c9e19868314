import type { FigureColumn, Figures } from './contract.ts'
import type { Column } from './question.ts'

type Better = FigureColumn['better']

/** How many there were, or what they add up to. */
export const count = (key: string, better: Better = null): Column => ({
  ...{ key, kind: 'count', better },
  of: { added: key, reduce: 'sum' },
})

/** How many different ones there were. */
export const different = (key: string): Column => ({
  ...{ key, kind: 'count', better: null },
  of: { added: key, reduce: 'distinct' },
})

/** Of those that add 0 or 1, how many add 1. */
export const share = (key: string, added: string, better: Better): Column => ({
  ...{ key, kind: 'share', better },
  of: { added, reduce: 'average' },
})

export const mean = (key: string, added: string, better: Better): Column => ({
  ...{ key, kind: 'score', better },
  of: { added, reduce: 'average' },
})

export const totalTime = (key: string, added: string): Column => ({
  ...{ key, kind: 'duration', better: null },
  of: { added, reduce: 'sum' },
})

/** A duration's middle, the one that nine in ten don't exceed, and its average. */
export const spread = (name: string, better: Better = 'less'): Column[] => [
  { key: `${name}Median`, kind: 'duration', better, of: { added: name, reduce: 'median' } },
  { key: `${name}P90`, kind: 'duration', better, of: { added: name, reduce: 'p90' } },
  { key: `${name}Average`, kind: 'duration', better, of: { added: name, reduce: 'average' } },
]

/** The same in business time and on the wall clock. */
export const response = (name: string): Column[] => [...spread(name), ...spread(`${name}Elapsed`)]

/** What follows from the figures before it. */
export const derived = (
  key: string,
  { kind, better }: Omit<FigureColumn, 'key'>,
  figures: (figures: Figures) => number | null,
): Column => ({ key, kind, better, of: { figures } })
