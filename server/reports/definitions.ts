import type { ReportName } from './contract.ts'
import { flow } from './definitions/flow.ts'
import { outcomes } from './definitions/outcomes.ts'
import { times } from './definitions/times.ts'
import { work } from './definitions/work.ts'
import type { ReportDefinition } from './question.ts'

/**
 * Every report: where its rows come from, when each counts, and what figures they make. What came of a ticket counts when it came:
 * an answer in the period in which it was given, whenever the ticket was opened. So a period's figures stand once it is over, but
 * for tickets that come back.
 */
export const definitions: Record<ReportName, ReportDefinition> = { ...flow, ...times, ...outcomes, ...work }
