import { useI18n } from 'vue-i18n'
import type { Delay } from '../../../../../server/rules/action.contract.ts'
import { useFormat } from '../../../../i18n/use-format.ts'
import { inUnits } from './delay-draft.ts'
import { useOpenTime } from './use-open-time.ts'

/** Delays in words: "3 dias úteis". */
export function useDelayWords(): (delay: Delay) => string {
  const { t } = useI18n()
  const format = useFormat()
  const { openMinutes } = useOpenTime()
  return (delay) => {
    const { amount, unit } = inUnits(delay, openMinutes)
    const kind = delay.business ? 'business' : 'clock'
    return t(`rules.span.${kind}.${unit}`, { count: format.number(amount) }, amount)
  }
}
