import type { RuleEffect, RuleFieldChanges } from '../../../../../server/rules/contract.ts'
import { useFormat } from '../../../../i18n/use-format.ts'
import { useNames } from '../../../ticket/use-names.ts'
import { changeWords, effectWords } from './preview-words.ts'
import { useRuleWords } from './use-rule-words.ts'

/** What a rule did or would do, in words. */
export function useDoneWords() {
  const format = useFormat()
  const { valueName, propertyName } = useNames()
  const { words } = useRuleWords()

  function done({ changes, effects }: { changes: RuleFieldChanges; effects: RuleEffect[] }): string[] {
    return [
      ...changeWords(changes, { propertyName, valueName }),
      ...effects.map((effect) => effectWords(effect, words.value, (at) => format.moment(at))),
    ]
  }

  return { done, words }
}
