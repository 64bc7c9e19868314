import { ruleDefinitionSchema } from '../../../../../server/rules/contract.ts'
import { toFailure } from '../../../../api/errors.ts'
import { errorKey } from '../../../../api/reasons.ts'
import type { Built, Problems, RuleDraft } from './rule-draft.ts'

/**
 * The fields of the rule form have names of their own, since actions are known by their key: `name`, `on`, `after`, `when`,
 * `when.all.0.value` (a place in the tree), `then`, `then:<key>:value`, `then:<key>:text`, `then:<key>:to`, `then:<key>:after` …
 */

type Actions = Pick<Built, 'actionKeys'>

/** Parts of an action that the form shows as a field of their own; the rest stands at its value. */
const actionParts = ['text', 'to', 'after', 'teamId', 'skills']

/** The form's field that a path of the server's input means, with or without `changes.` or `rule.` before it. */
export function fieldAt(path: string, { actionKeys }: Actions): string {
  const bare = path.replace(/^(?:changes|rule)\./, '')
  const [part = '', index = '', , inside] = bare.split('.')
  if (part === 'when') return bare
  if (part === 'after') return 'after'
  const key = part === 'then' ? actionKeys[Number(index)] : undefined
  if (index === '' || key === undefined) return part
  return `then:${key}:${inside !== undefined && actionParts.includes(inside) ? inside : 'value'}`
}

/** A text that is the whole value of an action stands at its text. */
function placed(
  field: string,
  path: string,
  { rule, actionKeys }: Pick<Built, 'rule' | 'actionKeys'>,
): string {
  const [, index] = /(?:^|\.)then\.(\d+)\.value$/.exec(path) ?? []
  const action = index === undefined ? undefined : rule.then[Number(index)]
  const isText = action?.do === 'reply' || action?.do === 'addNote'
  return isText ? `then:${actionKeys[Number(index)]}:text` : field
}

/** A refusal's reasons by field, as i18n keys, the first of each; empty when it is about none of the fields. */
export function problemsOf(error: unknown, built: Pick<Built, 'rule' | 'actionKeys'>): Problems {
  const problems: Problems = {}
  for (const [path, reasons] of Object.entries(toFailure(error).fieldErrors)) {
    const [reason] = reasons
    if (reason) problems[placed(fieldAt(path, built), path, built)] ??= errorKey(reason, 'refused')
  }
  return problems
}

/** Those problems whose fields are still as they were when they were found. */
export function standing(problems: Problems, then: RuleDraft, now: RuleDraft): Problems {
  return Object.fromEntries(
    Object.entries(problems).filter(
      ([field]) => JSON.stringify(contentOf(field, then)) === JSON.stringify(contentOf(field, now)),
    ),
  )
}

function contentOf(field: string, draft: RuleDraft): unknown {
  const [part = '', key] = field.split(/[.:]/)
  if (part === 'then' && key !== undefined) return draft.then.find((action) => action.key === key)
  if (part === 'when') return [draft.isForAll, draft.when]
  return draft[part as keyof RuleDraft]
}

/** What the server is sure to refuse, found with its own schema before anything is sent. */
export function earlyProblems(built: Built): Problems {
  const { error } = ruleDefinitionSchema.safeParse(built.rule)
  const problems: Problems = {}
  for (const { path, code, message } of error?.issues ?? []) {
    const where = path.join('.')
    const field = placed(fieldAt(where, built), where, built)
    const reason = /^[a-z]+(\.[a-z_]+)+$/.test(message) ? message : `input.${code}`
    problems[field] ??= errorKey(reason, 'refused')
  }
  return problems
}
