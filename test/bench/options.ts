import { parseArgs } from 'node:util'

/** Fewer have no full page of active tickets, nor of finds. */
const MIN_TICKETS = 2_000

const parts = ['desk', 'promises', 'rules', 'reports', 'dashboard', 'export', 'lateness'] as const
type Part = (typeof parts)[number]

export interface BenchOptions {
  /** How many tickets to fill a store with; more than one size shows how times grow. */
  sizes: number[]
  /** Counted requests per operation. */
  samples: number
  subscribers: number
  /** Also write the results there. */
  json: string | null
  /** Keep the filled stores in this folder and take them from it next time. */
  keep: string | null
  /** Which part to measure; all unless it is said. */
  part: Part | null
  /** Write a CPU profile of the desk's server into this folder. */
  cpuProfile: string | null
}

export const usage = `npm run bench -- [--tickets 100000 | --sizes 10000,100000,1000000] [--samples 300] [--subscribers 200]
                 [--part desk|promises|rules|reports|dashboard|export|lateness] [--json FILE] [--keep FOLDER] [--cpu-prof FOLDER]`

/** @throws Error that says which option can't be used. */
export function readOptions(argv: string[]): BenchOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      tickets: { type: 'string', default: '100000' },
      sizes: { type: 'string' },
      samples: { type: 'string', default: '300' },
      subscribers: { type: 'string', default: '200' },
      json: { type: 'string' },
      keep: { type: 'string' },
      part: { type: 'string' },
      'cpu-prof': { type: 'string' },
    },
  })
  return {
    sizes: (values.sizes ?? values.tickets)
      .split(',')
      .map((size) => wholeNumber('tickets', size, MIN_TICKETS)),
    samples: wholeNumber('samples', values.samples, 1),
    subscribers: wholeNumber('subscribers', values.subscribers, 1),
    json: values.json ?? null,
    keep: values.keep ?? null,
    part: partOf(values.part),
    cpuProfile: values['cpu-prof'] ?? null,
  }
}

function partOf(name: string | undefined): Part | null {
  const part = parts.find((each) => each === name)
  if (name !== undefined && !part) throw new Error(`--part takes ${parts.join(', ')}, not "${name}".`)
  return part ?? null
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < least)
    throw new Error(`--${name} takes a whole number of at least ${least}, not "${text}".`)
  return number
}
