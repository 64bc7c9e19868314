import { Liquid, type Template } from 'liquidjs'
import { MAX_TEMPLATE_LENGTH, templateFilters, templateVariables, type TemplateProblem } from './contract.ts'
import { isDateStyle, Moment } from './moment.ts'

/** What a template is rendered with: texts and moments by the names of the contract. */
export type TemplateScope = Record<string, string | Record<string, string | Moment>>

/** Values by their names of the contract: `customer.name` is the customer's `name`. */
export function scopeOf(values: Iterable<readonly [name: string, value: string | Moment]>): TemplateScope {
  const scope: Record<string, string | Record<string, string | Moment>> = {}
  for (const [name, value] of values) {
    const [noun = '', property] = name.split('.')
    const known = scope[noun]
    if (property === undefined) scope[noun] = String(value)
    else scope[noun] = { ...(typeof known === 'object' ? known : {}), [property]: value }
  }
  return scope
}

/** Texts stay as they are, or are written into HTML so that none of them can be markup. */
export type TemplateKind = 'text' | 'html'

/** Decisions only: nothing that repeats, reads files, or makes names of its own. */
const tags = new Set(['if', 'unless', 'case', 'comment'])
const filters = new Set<string>(templateFilters)
const variables = new Set<string>(templateVariables.map(({ name }) => name))

/** A filter's word for what is wrong with its argument. */
class StyleError extends Error {
  readonly style: string

  constructor(style: string) {
    super(`unknown date style: ${style}`)
    this.style = style
  }
}

function engineFor(outputEscape?: (value: unknown) => string): Liquid {
  const engine = new Liquid({
    ...{ strictVariables: true, strictFilters: true, ownPropertyOnly: true, jsTruthy: true },
    // A template can't loop, so its length bounds the work; the time is for a machine that stands still meanwhile.
    ...{ parseLimit: MAX_TEMPLATE_LENGTH * 2, renderLimit: 1_000, memoryLimit: 2_000_000 },
    templates: {},
    ...(outputEscape && { outputEscape }),
  })
  keepOnly(engine.tags, tags)
  keepOnly(engine.filters, filters)
  engine.registerFilter('date', (value: unknown, style: unknown = 'short') => {
    if (!isDateStyle(style)) throw new StyleError(String(style))
    return value instanceof Moment ? value.in(style) : value
  })
  return engine
}

function keepOnly(all: object, kept: ReadonlySet<string>): void {
  for (const name of Object.keys(all)) if (!kept.has(name)) Reflect.deleteProperty(all, name)
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
  '\n': '<br />',
}
const escape = (value: unknown) =>
  String(value ?? '').replace(/[&<>"'\n]/g, (character) => escapes[character] ?? character)

const engines: Record<TemplateKind, Liquid> = { text: engineFor(), html: engineFor(escape) }

/** Rules render the same few templates over and over. */
const parsed = new Map<string, Template[]>()
const KEPT = 200

/** @throws what the engine says of a template that can't be read; see {@link problemOf}. */
export function parse(source: string, kind: TemplateKind): Template[] {
  const key = `${kind}:${source}`
  const known = parsed.get(key)
  if (known) return known
  const templates = engines[kind].parse(source)
  if (parsed.size >= KEPT) parsed.clear()
  parsed.set(key, templates)
  return templates
}

export const render = (source: string, scope: TemplateScope, kind: TemplateKind): string =>
  String(engines[kind].renderSync(parse(source, kind), scope))

/** What the template names and the desk does not have, each name once. */
export function unknownVariables(source: string, kind: TemplateKind): TemplateProblem[] {
  const { globals } = engines[kind].analyzeSync(parse(source, kind), { partials: false })
  const problems = Object.values(globals)
    .flat()
    .flatMap(({ segments, location }) => {
      const name = segments.map((segment) => (typeof segment === 'object' ? '…' : segment)).join('.')
      return variables.has(name) ? [] : [{ reason: 'template.unknown_variable', name, line: location.row }]
    })
  return problems.filter(({ name }, index) => problems.findIndex((other) => other.name === name) === index)
}

/** An error of the engine in the desk's words. */
export function problemOf(error: unknown): TemplateProblem {
  const { message, line, cause } = partsOf(error)
  const at = line === undefined ? {} : { line }
  if (cause instanceof StyleError) return { reason: 'template.unknown_style', name: cause.style, ...at }
  const variable = /^undefined variable: (\S+)/.exec(message)?.[1]
  if (variable) return { reason: 'template.unknown_variable', name: variable.replace(/,$/, ''), ...at }
  const filter = /^undefined filter: ([^\s,]+)/.exec(message)?.[1]
  if (filter) return { reason: 'template.unknown_filter', name: filter, ...at }
  const tag = /^tag "([^"]+)" not found/.exec(message)?.[1]
  if (tag && !/^(end|els|when)/.test(tag)) return { reason: 'template.unknown_tag', name: tag, ...at }
  if (/limit exceeded|call stack/.test(message)) return { reason: 'template.too_complex' }
  return { reason: 'template.syntax', ...at }
}

function partsOf(error: unknown): { message: string; line?: number; cause?: unknown } {
  if (!(error instanceof Error)) return { message: String(error) }
  const { message } = error
  if (!('token' in error)) return { message }
  const token = error.token as { getPosition?(): [row: number, column: number] }
  const [line] = token.getPosition?.() ?? []
  return {
    message,
    ...(line !== undefined && { line }),
    ...('originalError' in error && { cause: error.originalError }),
  }
}
