import { AppError } from '../errors.ts'
import { isHtml, textBody, toMessageBody, type MessageBody } from '../tickets/message-body.ts'
import { MAX_TEMPLATE_LENGTH, templateVariables, type TemplateProblem } from './contract.ts'
import {
  parse,
  problemOf,
  render,
  scopeOf,
  unknownVariables,
  type TemplateKind,
  type TemplateScope,
} from './engine.ts'

/** All that is wrong with a template; empty when it can be used. Never throws, and ends soon whatever it is given. */
export function checkTemplate(source: string): TemplateProblem[] {
  if (source.length > MAX_TEMPLATE_LENGTH) return [{ reason: 'template.too_long' }]
  const kind = kindOf(source)
  try {
    const prepared = kind === 'html' ? lined(withPlainTokens(source)) : source
    parse(prepared, kind)
    const unknown = unknownVariables(prepared, kind)
    // What parses may still be senseless: an unknown style of dates, a range of millions.
    if (unknown.length === 0) render(prepared, examples, kind)
    return unknown
  } catch (error) {
    return [problemOf(error)]
  }
}

/**
 * The template with the scope's values as plain text, for words that nobody reads as markup (alerts, reminders). Messages and notes
 * are made by {@link renderMessage}: a customer may be called `<b>`.
 * @throws VALIDATION `template.…` with the `name` and `line` of what is wrong.
 */
export function renderTemplate(source: string, scope: TemplateScope): string {
  return rendered(source, scope, 'text').trim()
}

/**
 * The template as the body of a message: markup stays markup, plain text stays plain text, and values are words in either.
 * @throws VALIDATION `template.…`
 */
export function renderMessage(source: string, scope: TemplateScope): MessageBody {
  const kind = kindOf(source)
  return kind === 'text'
    ? textBody(rendered(source, scope, kind))
    : toMessageBody(rendered(withoutEmptyTurns(withPlainTokens(source)), scope, kind))
}

function rendered(source: string, scope: TemplateScope, kind: TemplateKind): string {
  if (source.length > MAX_TEMPLATE_LENGTH) throw refusal({ reason: 'template.too_long' })
  const text = attempt(() => render(source, scope, kind))
  if (text.length > MAX_TEMPLATE_LENGTH) throw refusal({ reason: 'template.too_long' })
  return text
}

function attempt(work: () => string): string {
  try {
    return work()
  } catch (error) {
    throw refusal(problemOf(error))
  }
}

const refusal = ({ reason, ...details }: TemplateProblem) => new AppError('VALIDATION', reason, { details })

const kindOf = (source: string): TemplateKind => (isHtml(source) ? 'html' : 'text')

const token = /\{\{[^{}]*\}\}|\{%[^{}]*%\}/g
const entities: Record<string, string> = {
  ...{ '&nbsp;': ' ', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' },
}

/** An editor writes `>` and spaces as entities, inside of a template's own words too. */
const withPlainTokens = (html: string) =>
  html.replace(token, (found) =>
    found
      .replace(/&(?:nbsp|lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
      .replaceAll('\u00A0', ' '),
  )

/** A paragraph that is nothing but a turn of the template leaves no empty line behind. */
const withoutEmptyTurns = (html: string) => html.replace(/<p>\s*(\{%[^{}]*%\})\s*<\/p>/g, '$1')

/** Every paragraph on a line of its own, so that a problem can be told by its place. */
const lined = (html: string) => html.replaceAll('\n', ' ').replace(/<\/p>|<\/li>|<br\s*\/?>/g, '$&\n')

const examples = scopeOf(templateVariables.map(({ name, example }) => [name, example] as const))
