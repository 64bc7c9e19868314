import { fieldMessages, toUserMessage } from '../../api/errors.ts'

type Translate = (key: string, values: Record<string, unknown>) => string

/** What to show of a refusal: beside the fields it is about, and above the form when it is about none of them. */
export interface FormProblem {
  fields: Record<string, string>
  message: string
}

export const noProblem = (): FormProblem => ({ fields: {}, message: '' })

/** Sorts a refusal by the form's fields; the server names a field `name`, or `changes.name` when it is edited. */
export function formProblem(error: unknown, fields: readonly string[], t: Translate): FormProblem {
  const found = fields.flatMap((field) => {
    const [text] = [...fieldMessages(error, field, t), ...fieldMessages(error, `changes.${field}`, t)]
    return text ? [[field, text] as const] : []
  })
  return { fields: Object.fromEntries(found), message: found.length > 0 ? '' : toUserMessage(error, t) }
}
