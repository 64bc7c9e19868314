import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCatalogStore } from '../../../../stores/catalog.ts'
import type { SentenceWords } from './level-words.ts'
import { useDurationWords } from './use-duration-words.ts'

/** What sentences about levels and conditions are made with, in the current language. */
export function useSlaWords() {
  const { t, locale } = useI18n()
  const { write } = useDurationWords()
  const catalog = useCatalogStore()

  const join = (type: 'conjunction' | 'disjunction') =>
    computed(() => {
      const list = new Intl.ListFormat(locale.value, { type })
      return (parts: readonly string[]) => list.format(parts)
    })
  const and = join('conjunction')
  const or = join('disjunction')

  function nameOf(what: 'agent' | 'team' | 'priority', id: string): string | null {
    const { agents = [], teams = [], priorities = [] } = catalog.catalog ?? {}
    const rows: readonly { id: string; name: string }[] = {
      agent: agents,
      team: teams,
      priority: priorities,
    }[what]
    return rows.find((row) => row.id === id)?.name ?? null
  }

  const sentence = computed<SentenceWords>(() => ({
    t: (key, values = {}, plural = 1) => t(key, values, plural),
    and: and.value,
    write,
    nameOf,
  }))

  return { sentence, and, or, write }
}
