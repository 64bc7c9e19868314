import type { PriorityView } from '../catalog/contract.ts'
import type { Locale } from '../settings/contract.ts'
import type { NewLevel, PolicyPreset, Target } from './contract.ts'

type Words = Record<Locale, string>
type Times = Omit<Target, 'priority'>

interface Preset {
  key: PolicyPreset['key']
  name: Words
  description: Words
  notice: Words | null
  needsCalendar: boolean
  pauseOn: PolicyPreset['policy']['pauseOn']
  /** From the least pressing priority up: from which weight on they are promised. */
  times: { fromWeight: number; times: Times }[]
  escalations: NewLevel[]
}

const HOUR = 60
const DAY = 24 * HOUR

const times = (firstResponse: number, nextResponse: number, resolution: number): Times => ({
  firstResponseMinutes: firstResponse,
  nextResponseMinutes: nextResponse,
  resolutionMinutes: resolution,
})

/** The weights of the preset priorities: an office's own ones get what the nearest below them gets. */
const weights = { low: 0, normal: 20, high: 30, urgent: 40 }

/** The agent has time to act, then the team sees it, then whoever answers for it. */
const answerLadder = (metric: 'firstResponse' | 'nextResponse'): NewLevel[] => [
  { metric, atPercent: 75, notify: ['agent'] },
  { metric, atPercent: 100, notify: ['agent', 'team'] },
  { metric, atPercent: 150, notify: ['supervisors'] },
]

const presets: Preset[] = [
  {
    key: 'business',
    name: { 'pt-BR': 'Comercial', en: 'Business hours', es: 'Horario comercial' },
    description: {
      'pt-BR':
        'Prazos em horas úteis, pelo calendário escolhido. A solução espera enquanto o ticket aguarda o cliente.',
      en: 'Times in business hours, by the calendar you choose. The resolution waits while the ticket waits for the customer.',
      es: 'Plazos en horas hábiles, según el calendario elegido. La solución espera mientras el ticket espera al cliente.',
    },
    notice: null,
    needsCalendar: true,
    pauseOn: ['waiting'],
    times: [
      { fromWeight: weights.low, times: times(8 * HOUR, 16 * HOUR, 40 * HOUR) },
      { fromWeight: weights.normal, times: times(4 * HOUR, 8 * HOUR, 24 * HOUR) },
      { fromWeight: weights.high, times: times(HOUR, 2 * HOUR, 8 * HOUR) },
      { fromWeight: weights.urgent, times: times(30, HOUR, 4 * HOUR) },
    ],
    escalations: [
      ...answerLadder('firstResponse'),
      ...answerLadder('nextResponse'),
      { metric: 'resolution', atPercent: 50, notify: ['agent'] },
      { metric: 'resolution', atPercent: 80, notify: ['agent', 'team'] },
      { metric: 'resolution', atPercent: 100, notify: ['agent', 'team', 'supervisors'] },
      { metric: 'resolution', atPercent: 125, notify: ['supervisors'] },
    ],
  },
  {
    key: 'always',
    name: { 'pt-BR': '24×7', en: '24×7', es: '24×7' },
    description: {
      'pt-BR':
        'O relógio corre dia e noite, fins de semana e feriados incluídos. Só prometa isto se houver plantão: os alertas saem a qualquer hora.',
      en: 'The clock runs day and night, weekends and holidays included. Promise this only if somebody is on call: alerts go out at any hour.',
      es: 'El reloj corre día y noche, fines de semana y feriados incluidos. Prométalo solo si hay guardia: las alertas salen a cualquier hora.',
    },
    notice: null,
    needsCalendar: false,
    pauseOn: ['waiting'],
    times: [
      { fromWeight: weights.low, times: times(12 * HOUR, DAY, 5 * DAY) },
      { fromWeight: weights.normal, times: times(4 * HOUR, 8 * HOUR, 2 * DAY) },
      { fromWeight: weights.high, times: times(HOUR, 2 * HOUR, 8 * HOUR) },
      { fromWeight: weights.urgent, times: times(15, 30, 4 * HOUR) },
    ],
    escalations: [
      { metric: 'firstResponse', atPercent: 50, notify: ['agent', 'team'] },
      { metric: 'firstResponse', atPercent: 100, notify: ['agent', 'team', 'supervisors'] },
      { metric: 'firstResponse', atPercent: 200, notify: ['supervisors'] },
      ...answerLadder('nextResponse'),
      { metric: 'resolution', atPercent: 50, notify: ['agent'] },
      { metric: 'resolution', atPercent: 80, notify: ['agent', 'team'] },
      { metric: 'resolution', atPercent: 100, notify: ['agent', 'team', 'supervisors'] },
      { metric: 'resolution', offsetMinutes: 2 * HOUR, notify: ['supervisors'] },
    ],
  },
  {
    key: 'sac',
    name: {
      'pt-BR': 'SAC (Decreto 11.034/2022)',
      en: 'Consumer service in Brazil (Decree 11,034/2022)',
      es: 'Atención al consumidor en Brasil (Decreto 11.034/2022)',
    },
    description: {
      'pt-BR':
        'Resposta conclusiva em até 7 dias corridos do registro, em qualquer prioridade, sem pausa. A primeira resposta e as seguintes são metas da casa, não do decreto.',
      en: 'A conclusive answer within 7 calendar days of registration at every priority, without pauses. First and further answers are goals of the office, not of the decree.',
      es: 'Respuesta concluyente en hasta 7 días corridos desde el registro, en toda prioridad y sin pausas. La primera respuesta y las siguientes son metas de la casa, no del decreto.',
    },
    notice: {
      'pt-BR':
        'É um ponto de partida, não aconselhamento jurídico. O decreto alcança o SAC de serviços regulados pelo governo federal; a agência do seu setor pode exigir prazos menores, inclusive de espera ao telefone. Fora deste relógio ficam outras obrigações, como suspender logo a cobrança indevida, processar cancelamentos, enviar o histórico em 5 dias corridos quando o consumidor pede e guardar gravações por 90 dias. Confirme com o seu jurídico.',
      en: 'A starting point, not legal advice. The decree covers consumer service of services regulated by Brazil’s federal government; the agency of your sector may demand shorter times, waiting on the phone included. Other duties are outside this clock, such as suspending an undue charge at once, processing cancellations, sending the history within 5 calendar days when the consumer asks and keeping recordings for 90 days. Check with your lawyers.',
      es: 'Es un punto de partida, no asesoramiento jurídico. El decreto alcanza la atención al consumidor de servicios regulados por el gobierno federal de Brasil; la agencia de su sector puede exigir plazos menores, incluso de espera telefónica. Fuera de este reloj quedan otras obligaciones, como suspender de inmediato el cobro indebido, procesar cancelaciones, enviar el historial en 5 días corridos cuando el consumidor lo pide y guardar grabaciones por 90 días. Consulte a su asesoría jurídica.',
    },
    needsCalendar: false,
    // The law's days go on while the consumer is asked for more.
    pauseOn: [],
    times: [
      { fromWeight: weights.low, times: times(2 * DAY, 2 * DAY, 7 * DAY) },
      { fromWeight: weights.normal, times: times(DAY, 2 * DAY, 7 * DAY) },
      { fromWeight: weights.high, times: times(8 * HOUR, DAY, 7 * DAY) },
      { fromWeight: weights.urgent, times: times(4 * HOUR, 8 * HOUR, 7 * DAY) },
    ],
    escalations: [
      { metric: 'firstResponse', atPercent: 75, notify: ['agent'] },
      { metric: 'firstResponse', atPercent: 100, notify: ['agent', 'team'] },
      { metric: 'nextResponse', atPercent: 100, notify: ['agent', 'team'] },
      { metric: 'resolution', offsetMinutes: -3 * DAY, notify: ['agent'] },
      { metric: 'resolution', offsetMinutes: -2 * DAY, notify: ['agent', 'team'] },
      { metric: 'resolution', offsetMinutes: -DAY, notify: ['agent', 'team', 'supervisors'] },
      { metric: 'resolution', atPercent: 100, notify: ['agent', 'team', 'supervisors'] },
    ],
  },
]

/** The presets in a language, promising something to each of the office's priorities in use. */
export function presetsFor(locale: Locale, priorities: readonly PriorityView[]): PolicyPreset[] {
  const offered = priorities.filter(({ archived }) => !archived).sort((a, b) => b.weight - a.weight)
  return presets.map(({ key, name, description, notice, needsCalendar, pauseOn, times, escalations }) => ({
    key,
    name: name[locale],
    description: description[locale],
    notice: notice && notice[locale],
    needsCalendar,
    policy: {
      name: name[locale],
      when: null,
      calendarId: null,
      targets: offered.map((priority) => ({
        priority: priority.key ?? priority.id,
        ...(times.findLast(({ fromWeight }) => fromWeight <= priority.weight) ?? times[0])?.times,
      })),
      pauseOn,
      pauseNextResponseOn: [],
      escalations,
    },
  }))
}
