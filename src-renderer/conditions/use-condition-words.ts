import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import {
  specOf,
  type ConditionField,
  type ConditionTree,
  type ConditionUse,
} from '../../server/conditions/contract.ts'
import { useApi } from '../api/provide.ts'
import { useCalendarChoice } from '../features/settings/promises/policies/use-calendar-choice.ts'
import { useSlaWords } from '../features/settings/promises/policies/use-sla-words.ts'
import { useFormat } from '../i18n/use-format.ts'
import { conditionWords, remoteIds } from './condition-words.ts'
import { parseInstant } from './instant-value.ts'
import { useConditionOptions } from './use-condition-options.ts'

/** Conditions in words, with the names of everything they speak of. */
export function useConditionWords(use?: ConditionUse) {
  const { trpc } = useApi()
  const { t } = useI18n()
  const { and, or, write } = useSlaWords()
  const { date } = useFormat()
  const { nameOf } = useConditionOptions()
  const calendars = useCalendarChoice()
  /** Names of customers and organisations, which are too many to know them all. */
  const names = shallowRef<ReadonlyMap<string, string>>(new Map())

  function instantWords(value: string): string {
    const instant = parseInstant(value)
    return instant.kind === 'date'
      ? date(value)
      : t(`conditions.span.${instant.kind}`, { count: instant.amount }, instant.amount)
  }

  const durationWords = (minutes: number): string => (minutes < 0 ? `−${write(-minutes)}` : write(minutes))

  function valueName(field: ConditionField, value: string): string {
    if (field === 'calendar') return calendars.nameOf(value) ?? value
    const { kind } = specOf(field)
    if (kind === 'instant') return instantWords(value)
    if (kind === 'duration') return durationWords(Number(value))
    const name = nameOf(field, value) ?? names.value.get(value)
    return name ?? (value === 'none' && kind !== 'tags' ? t('conditions.value.unset') : value)
  }

  /** Asks for the names that these conditions need and that aren't known yet. */
  async function learn(trees: readonly ConditionTree[]): Promise<void> {
    const unknown = trees.flatMap(remoteIds).filter(({ id }) => !names.value.has(id))
    const found = await Promise.all(
      unknown.map(async ({ field, id }) => {
        const read = field === 'requester' ? trpc.customers.get : trpc.organizations.get
        const row = await read.query({ id }).catch(() => null)
        return row ? [[id, row.name] as const] : []
      }),
    )
    if (unknown.length > 0) names.value = new Map([...names.value, ...found.flat()])
  }

  const words = (tree: ConditionTree): string =>
    conditionWords(tree, { t, and: and.value, or: or.value, valueName }, use)

  return { words, learn, valueName }
}
