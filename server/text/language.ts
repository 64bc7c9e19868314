import type { ConditionLanguage } from '../conditions/contract.ts'

/** What the desk tells apart; whatever else somebody writes in is `other`. */
const spoken = ['pt', 'en', 'es'] as const satisfies readonly ConditionLanguage[]

/** Short texts are alike in many languages: one of ours that is nearly the likeliest is likelier here. */
const NEARLY = 0.9
/** Enough to tell the language by. */
const LOOKED_AT = 2_000
/** Answers kept ready. */
const KEPT = 16

type Detect = (text: string) => { getScores(): Record<string, number>; isReliable(): boolean }
const answers = new Map<string, ConditionLanguage | undefined>()
let loading: Promise<Detect> | undefined

/** The language of a text; undefined when there is too little of it. The first call loads the detector, some 300 ms. */
export async function languageOf(text: string): Promise<ConditionLanguage | undefined> {
  const sample = text.slice(0, LOOKED_AT)
  if (answers.has(sample)) return answers.get(sample)
  const language = chosen((await loadDetector())(sample))
  const [oldest] = answers.keys()
  if (answers.size >= KEPT && oldest !== undefined) answers.delete(oldest)
  answers.set(sample, language)
  return language
}

function loadDetector(): Promise<Detect> {
  loading ??= import('eld/small').then(
    ({ eld }) =>
      (text) =>
        eld.detect(text),
  )
  return loading
}

function chosen(detected: ReturnType<Detect>): ConditionLanguage | undefined {
  const scores = detected.getScores()
  const top = Math.max(0, ...Object.values(scores))
  if (top === 0) return undefined
  const scoreOf = (language: string) => scores[language] ?? 0
  const [likeliest] = spoken.toSorted((a, b) => scoreOf(b) - scoreOf(a))
  if (likeliest && scoreOf(likeliest) >= NEARLY * top) return likeliest
  return detected.isReliable() ? 'other' : undefined
}
