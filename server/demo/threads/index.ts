import type { Thread } from '../script.ts'
import { billing } from './billing.ts'
import { computers } from './computers.ts'
import { network } from './network.ts'
import { orders } from './orders.ts'
import { printers } from './printers.ts'
import { schools } from './schools.ts'
import { smallMatters } from './small-matters.ts'

/** A fortnight of the demonstration office. */
export const threads: readonly Thread[] = [
  ...printers,
  ...computers,
  ...network,
  ...orders,
  ...schools,
  ...billing,
  ...smallMatters,
]
