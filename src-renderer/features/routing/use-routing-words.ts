import { useI18n } from 'vue-i18n'
import { hindrances, type Because, type Hindrances } from '../../../server/routing/contract.ts'

const reasons: readonly Because['why'][] = [
  'leastLoaded',
  'roundRobin',
  'mostSkilled',
  'lastAgent',
  'tier',
  'alone',
]

/** Says why somebody was given a ticket, or why nobody was. What an older or newer server wrote may lack parts. */
export function useRoutingWords() {
  const { t } = useI18n()

  /** "menor carga (2 de 10)" */
  function because(given: unknown): string {
    const { why, load, capacity } = (given ?? {}) as Partial<Because>
    const reason = reasons.find((each) => each === why)
    if (!reason) return ''
    const words = t(`routing.because.${reason}`)
    return load === undefined ? words : t('routing.because.withLoad', { words, load, capacity })
  }

  /** "2 sem a habilidade, 1 ausente" */
  function hindered(given: unknown): string {
    const counts = (given ?? {}) as Hindrances
    return hindrances
      .flatMap((each) => {
        const count = counts[each] ?? 0
        return count > 0 ? [t(`routing.hindrance.${each}`, { count }, count)] : []
      })
      .join(', ')
  }

  return { because, hindrances: hindered }
}
