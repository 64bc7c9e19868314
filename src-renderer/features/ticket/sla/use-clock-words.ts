import { useI18n } from 'vue-i18n'
import type { SlaClockView } from '../../../../server/sla/contract.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useBusinessTimeStore } from '../../../stores/business-time.ts'
import { clockStateOf, remainingOf, type ClockState } from '../../../stores/remaining.ts'
import { useNow } from '../../../ui/use-now.ts'

/** A promise of a ticket in words, true for this moment. */
export interface ClockWords {
  state: ClockState
  /** Which promise it is: "1ª resposta". */
  promise: string
  /** What is left, for a narrow place: "42 min", "3:20", "−5 min". */
  short: string
  /** How it stands: "vence em 42 min (14:30)". */
  says: string
  /** Everything in one sentence: "1ª resposta: vence em 42 min (14:30)". */
  full: string
  /** What stands beside the time that is left: "vence 14:30", "em pausa desde ontem 17:30". */
  note: string
}

/** Puts promises into words: call inside a template or a computed, and they follow the time. */
export function useClockWords() {
  const { t } = useI18n()
  const format = useFormat()
  const now = useNow()
  const business = useBusinessTimeStore()

  function promiseOf({ metric, manual }: Pick<SlaClockView, 'metric' | 'manual'>): string {
    const promise = t(`ticket.sla.metric.${metric}`)
    return manual ? t('ticket.sla.manualOf', { promise }) : promise
  }

  function clockWords(clock: SlaClockView): ClockWords {
    const remaining = remainingOf(clock, now.value, business.stretches)
    const state = clockStateOf(clock, remaining)
    const promise = t(`ticket.sla.metric.${clock.metric}`)
    const { ms, opensAt } = remaining
    const inDays = clock.calendarId === null || state === 'overdue' || state === 'late'
    const moment = (at: string | null) => (at === null ? '' : format.moment(at))
    const spanMs = state === 'late' ? latenessMs(clock) : ms
    const values = {
      time: inDays ? format.duration(spanMs) : format.workTime(spanMs),
      when: moment(whenOf(clock, state)),
      since: moment(clock.pausedSince),
      opens: opensAt === null ? '' : format.moment(opensAt),
    }
    const kind = state === 'outside' && opensAt === null ? 'closed' : state
    const left = format.compact(ms, inDays)
    const says = t(`ticket.sla.says.${kind}`, values)
    return {
      state,
      promise,
      short: state === 'overdue' ? `−${left}` : left,
      says,
      full: t('ticket.sla.whole', { promise: promiseOf(clock), says }),
      note: t(`ticket.sla.note.${kind}`, values),
    }
  }

  return { clockWords, promiseOf }
}

const latenessMs = ({ metAt, breachedAt }: SlaClockView) =>
  metAt !== null && breachedAt !== null ? Date.parse(metAt) - Date.parse(breachedAt) : 0

/** The instant that matters: when it was kept, when it was missed, or else when it is due. */
function whenOf({ metAt, breachedAt, dueAt }: SlaClockView, state: ClockState): string | null {
  if (state === 'met' || state === 'late') return metAt
  return state === 'overdue' ? (breachedAt ?? dueAt) : dueAt
}
