import { useI18n } from 'vue-i18n'
import { CHARACTERS_PER_MINUTE, type MacroFigures } from '../../../../../server/macros/contract.ts'
import { useFormat } from '../../../../i18n/use-format.ts'

const MINUTE_MS = 60_000

/** What became of a ready answer, in a line. */
export function useFigureWords() {
  const { t } = useI18n()
  const format = useFormat()

  return ({ uses, agents, characters, tickets, reopened }: MacroFigures): string => {
    const minutes = Math.round(characters / CHARACTERS_PER_MINUTE)
    return [
      t('macros.figures.uses', { count: uses }, uses),
      t('macros.figures.agents', { count: agents }, agents),
      ...(minutes > 0 ? [t('macros.figures.saved', { time: format.duration(minutes * MINUTE_MS) })] : []),
      t('macros.figures.reopened', { reopened, tickets }, tickets),
    ].join(' · ')
  }
}
