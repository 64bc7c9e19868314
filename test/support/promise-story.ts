import { compileCalendar, type BusinessTime } from '../../server/sla/calendar.ts'
import type { StatusClass } from '../../server/catalog/contract.ts'
import { clocksOf, type Clock, type Terms } from '../../server/sla/clock.ts'
import type { Metric } from '../../server/sla/contract.ts'
import { foldFact, type Fact, type Facts, type Phase } from '../../server/sla/facts.ts'

const MINUTE_MS = 60_000

/** A shop in São Paulo: Monday to Friday, 08–12 and 13:30–18. */
export const shopHours: BusinessTime = compileCalendar({
  timezone: 'America/Sao_Paulo',
  hours: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        ['08:00', '12:00'],
        ['13:30', '18:00'],
      ],
    ]),
  ),
  holidays: [],
})

/** `mon 09:30` of the week of 9 March 2026, São Paulo time; `mon+1 09:30` is a week later. */
export function at(when: string): number {
  const [, day = '', weeks = '0', hour, minute] = /^(\w{3})(?:\+(\d))? (\d\d):(\d\d)$/.exec(when) ?? []
  const index = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(day)
  if (index < 0) throw new Error(`Not a time of the week: ${when}`)
  return Date.UTC(2026, 2, 9 + index + Number(weeks) * 7, Number(hour) + 3, Number(minute))
}

export interface StoryTerms {
  /** Minutes. */
  firstResponse?: number
  nextResponse?: number
  resolution?: number
  pauseOn?: StatusClass[]
  policyId?: string
}

export function terms({
  firstResponse,
  nextResponse,
  resolution,
  pauseOn = ['waiting'],
  policyId = 'p1',
}: StoryTerms): Terms {
  const inMs = (minutes: number | undefined) => (minutes === undefined ? null : minutes * MINUTE_MS)
  return {
    policyId,
    calendarId: 'c1',
    revisionId: 'r1',
    targets: {
      firstResponse: inMs(firstResponse),
      nextResponse: inMs(nextResponse),
      resolution: inMs(resolution),
    },
    pauseOn: { firstResponse: [], nextResponse: [], resolution: pauseOn },
  }
}

/** A ticket's promises as its story goes on; every step says when it happens. */
export class Story {
  facts: Facts | null = null
  clocks: Clock[] = []
  #terms: Terms
  readonly time: BusinessTime

  constructor(promised: StoryTerms, time: BusinessTime = shopHours) {
    this.#terms = terms(promised)
    this.time = time
  }

  arrives(when: string, { answered = false } = {}): this {
    return this.#happens({ type: 'created', at: at(when), phase: 'new', answered })
  }

  customerWrites(when: string): this {
    return this.#happens({ type: 'customerWrote', at: at(when) })
  }

  agentAnswers(when: string): this {
    return this.#happens({ type: 'agentAnswered', at: at(when) })
  }

  becomes(phase: Phase, when: string): this {
    return this.#happens({ type: 'phaseChanged', at: at(when), phase })
  }

  isDue(date: string | null, when: string): this {
    return this.#happens({ type: 'dueSet', at: at(when), dueAt: date === null ? null : at(date) })
  }

  /** Another priority, policy or calendar from now on. */
  isPromised(promised: StoryTerms, when: string): this {
    this.#terms = terms(promised)
    return this.looksAtIt(when)
  }

  /** Nothing happens but time. */
  looksAtIt(when: string): this {
    if (this.facts) this.clocks = clocksOf(this.facts, this.#terms, this.clocks, this.time, at(when))
    return this
  }

  clock(metric: Metric): Clock {
    const found = this.clocks.find((clock) => clock.metric === metric)
    if (!found) throw new Error(`No promise of a ${metric}.`)
    return found
  }

  #happens(fact: Fact): this {
    this.facts = foldFact(this.facts, fact)
    this.clocks = clocksOf(this.facts, this.#terms, this.clocks, this.time, fact.at)
    return this
  }
}
