import { customers } from '../people.ts'
import { answer, change, customer, type AgentKey, type Step, type Thread } from '../script.ts'
import { chanceOf, type Chance } from './chance.ts'
import { complaints, matters, praise, type Matter } from './matters.ts'

/** Working days before today: where the written threads begin, and where this history does. */
const LAST_DAY = 11
const FIRST_DAY = 60

/** Monday is the fullest; people call off what they can by Friday. */
const TICKETS_BY_WEEKDAY = [0, 12, 11, 9, 9, 8, 0]
/** Somebody looks at the mail on holidays. */
const TICKETS_ON_HOLIDAYS = 1

const CLOSING = 18 * 60
const OPENING = 8 * 60

export interface PastDay {
  /** 0 is Sunday. */
  weekday: number
  isHoliday: boolean
}

/** The ten weeks before the written threads, out of what comes up again and again. Pure. @param dayOf of so many working days ago */
export function pastThreads(dayOf: (workingDaysAgo: number) => PastDay): Thread[] {
  const chance = chanceOf(20)
  const threads: Thread[] = []
  for (let ago = FIRST_DAY; ago >= LAST_DAY; ago -= 1) {
    const { weekday, isHoliday } = dayOf(ago)
    const usual = (TICKETS_BY_WEEKDAY[weekday] ?? 0) + chance.between(-2, 2)
    const count = isHoliday ? TICKETS_ON_HOLIDAYS : usual
    const minutes = Array.from({ length: count }, () => minuteOfDay(chance)).sort((a, b) => a - b)
    for (const minute of minutes) threads.push(pastThread(chance, ago, minute, isHoliday))
  }
  return threads
}

/** The morning is fuller than the afternoon. */
const minuteOfDay = (chance: Chance): number =>
  chance.percent(60) ? chance.between(OPENING + 5, 11 * 60 + 45) : chance.between(13 * 60 + 35, CLOSING - 20)

function pastThread(chance: Chance, ago: number, minute: number, isHoliday: boolean): Thread {
  const matter = weighed(chance)
  const about = chance.pick(matter.about)
  const say = (texts: string[]) => chance.pick(texts).replace('{}', about)
  const by = chance.pick(matter.agents)
  const channel = isHoliday ? 'email' : chance.pick(['phone', 'phone', 'email', 'email', 'chat'] as const)
  const isPhone = channel === 'phone'
  // What comes in late, or on a holiday, and some of what was overlooked, is answered the next morning.
  const isOvernight = !isPhone && (isHoliday || minute > CLOSING - 60 || chance.percent(5))
  const untilMorning = 24 * 60 - minute + OPENING + chance.between(10, 90)
  const wait = isPhone ? chance.between(4, 14) : isOvernight ? untilMorning : chance.between(6, 75)
  return {
    ...{ at: `-${ago}d ${Math.floor(minute / 60)}:${minute % 60}`, by, channel, type: matter.type },
    from: chance.pick(isPhone ? callers : writers),
    ...{ team: matter.team, agent: by, category: matter.category },
    ...(matter.tags && chance.percent(30) && { tags: matter.tags }),
    priority: chance.percent(15) ? 'low' : 'normal',
    ...{ subject: say(matter.subjects), text: say(matter.texts) },
    then: [
      ...(isPhone && chance.percent(60) ? [call(chance, by, wait)] : []),
      ...work(chance, matter, by, wait, say(matter.answers)),
      ...rating(chance, by, isOvernight),
    ],
  }
}

const callers = Object.keys(customers).filter((key) => customers[key]?.phone)
const writers = Object.keys(customers).filter((key) => customers[key]?.email)

function weighed(chance: Chance): Matter {
  return chance.pick(matters.flatMap((matter) => Array.from({ length: matter.weight }, () => matter)))
}

const call = (chance: Chance, by: AgentKey, minutes: number): Step => ({
  ...{ does: 'calls', at: `+${minutes}m`, by, talkMinutes: minutes - 1 },
  wrapUpSeconds: chance.between(20, 150),
})

/** Most is done with one answer; some goes to a colleague, asks back, or comes up again. */
function work(chance: Chance, { macro }: Matter, by: AgentKey, wait: number, text: string): Step[] {
  const done: Step = { ...answer(`+${wait}m`, by, text, 'closed') }
  if (macro && chance.percent(45))
    return [
      { does: 'answers', at: `+${wait}m`, by, text: 'Recebemos sua mensagem e já estamos vendo.', macro },
      customer(`+${chance.between(15, 120)}m`, 'Certo, obrigado. Segue o que pediram.'),
      { ...done, at: `+${chance.between(10, 60)}m` },
    ]
  if (chance.percent(8) && (by === 'camila' || by === 'diego'))
    return [change('+3m', by, { agent: 'bruno' }), answer(`+${wait}m`, 'bruno', text, 'closed')]
  if (chance.percent(7))
    return [
      answer(`+${wait}m`, by, text, 'resolved'),
      customer(`+${chance.between(120, 1500)}m`, 'Voltou a acontecer agora há pouco.'),
      answer(`+${chance.between(10, 60)}m`, by, 'Vimos de novo e desta vez ficou certo.', 'closed'),
    ]
  return [done]
}

function rating(chance: Chance, by: AgentKey, wasSlow: boolean): Step[] {
  if (!chance.percent(28)) return []
  const isHappy = chance.percent(wasSlow ? 40 : 85)
  const text = chance.percent(30) ? chance.pick(isHappy ? praise : complaints) : null
  const at = '+60m' as const
  const csat = isHappy ? chance.between(4, 5) : chance.between(1, 3)
  if (chance.percent(70)) return [{ does: 'rates', at, by, kind: 'csat', score: csat, text }]
  const nps = isHappy ? chance.between(8, 10) : chance.between(2, 7)
  return [{ does: 'rates', at, by, kind: 'nps', score: nps, text }]
}
