import { useQuery } from '@pinia/colada'
import { inject, provide, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import { specOf, type ConditionTree } from '../../../../server/conditions/contract.ts'
import type { ExplainedCondition, RuleView } from '../../../../server/rules/contract.ts'
import { useApi } from '../../../api/provide.ts'
import { useConditionWords } from '../../../conditions/use-condition-words.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { ruleSentence } from '../../settings/automation/rules/rule-words.ts'
import { useRuleWords } from '../../settings/automation/rules/use-rule-words.ts'
import { useSlaWords } from '../../settings/promises/policies/use-sla-words.ts'

interface TraceWords {
  words: (tree: ConditionTree) => string
  /** What a ticket held, in words; empty where there is nothing to say. */
  heldWords: (explained: ExplainedCondition) => string
  /** What a rule does as it stands today; empty where that is not known. */
  ruleWords: (ruleId: string) => string
}

const KEY: InjectionKey<TraceWords> = Symbol('trace words')

/** Words for every part of one explanation; answers how to learn the names that conditions need. */
export function provideTraceWords(): ReturnType<typeof useConditionWords>['learn'] {
  const { trpc } = useApi()
  const { t } = useI18n()
  const format = useFormat()
  const { and, write } = useSlaWords()
  const { words, learn, valueName } = useConditionWords('rule')
  const { words: sentences } = useRuleWords()
  const rules = useQuery<RuleView[]>({ key: ['rules'], query: () => trpc.rules.list.query() })

  function heldWords({ field, op, held }: ExplainedCondition): string {
    const { kind } = specOf(field)
    // Of open hours the sentence says it all, and of a change that did not come about there is nothing to tell.
    if (field === 'calendar' || (held === null && op.startsWith('changed'))) return ''
    if (held === null || held === '' || (Array.isArray(held) && held.length === 0))
      return t('rules.why.unset')
    if (Array.isArray(held)) return and.value(held.map((each) => valueName(field, each)))
    if (kind === 'instant') return format.dateTime(held)
    if (kind === 'duration') return durationWords(Number(held))
    if (kind === 'text') return t('conditions.sentence.quoted', { text: String(held) })
    return kind === 'number' ? format.number(Number(held)) : valueName(field, String(held))
  }

  const durationWords = (minutes: number) =>
    minutes < 0 ? `−${write(Math.round(-minutes))}` : write(Math.round(minutes))

  function ruleWordsOf(ruleId: string): string {
    const rule = rules.data.value?.find(({ id }) => id === ruleId)
    return rule ? ruleSentence(rule, sentences.value) : ''
  }

  provide(KEY, { words, heldWords, ruleWords: ruleWordsOf })
  return learn
}

export function useTraceWords(): TraceWords {
  const words = inject(KEY)
  if (!words) throw new Error('Verdicts of rules are read inside a WhyDialog.')
  return words
}
