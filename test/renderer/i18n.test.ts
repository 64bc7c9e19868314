/** Holds the texts of the client to the code that shows them, in every language. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { FALLBACK_LOCALE, LOCALES, matchLocale, type Locale } from '../../src-renderer/i18n/locales.ts'

const root = join(import.meta.dirname, '../..')
const renderer = join(root, 'src-renderer')

interface Messages {
  [key: string]: string | Messages
}

function flatten(messages: Messages, prefix: string): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] => {
    const path = `${prefix}.${key}`
    return typeof value === 'string' ? [[path, value]] : flatten(value, path)
  })
}

function readMessages(locale: Locale): Map<string, string> {
  const folder = join(renderer, 'i18n/messages', locale)
  const files = globSync('*.json', { cwd: folder })
  return new Map(
    files.flatMap((file) =>
      flatten(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Messages, basename(file, '.json')),
    ),
  )
}

const messages = Object.fromEntries(LOCALES.map((locale) => [locale, readMessages(locale)])) as Record<
  Locale,
  Map<string, string>
>
const keys = [...messages[FALLBACK_LOCALE].keys()]
const areas = new Set(keys.map((key) => key.split('.')[0]))

/** Notifications of the main process speak with the page's words. */
const sources = globSync('{src-renderer,src-main}/**/*.{ts,vue}', { cwd: root }).map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}))

/** What stands in a place where only a key makes sense: the argument of `t`, or a property that names a key. */
const ASKED =
  /(?:\bt\(|\$t\(|\bkeypath="|\b(?:title|group|label|labelKey|titleKey|textKey):\s*)\s*['"]?([a-z]\w*(?:\.[\w-]+)+)['"]/g

/** Any literal that could be a key, wherever it stands. */
const LITERAL = /['"]([a-z]\w*(?:\.[\w-]+)+)['"]/g

/** A key with computed parts, such as `shell.theme.${value}`. */
const TEMPLATE = /`([a-z]\w*\.[^`\s]*\$\{[^`]*)`/g

function matches(pattern: RegExp): { file: string; found: string }[] {
  return sources.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].map((match) => ({ file, found: match[1] ?? '' })),
  )
}

const templates = matches(TEMPLATE)
  .filter(({ found }) => areas.has(found.split('.')[0] ?? ''))
  .map(({ file, found }) => {
    const parts = found.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    return { file, found, pattern: new RegExp(`^${parts.join('[\\w.-]+')}$`) }
  })

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

test.each(LOCALES)('every key has its text in %s', (locale) => {
  const own = messages[locale]
  expect(keys.filter((key) => !own.get(key)?.trim())).toEqual([])
  expect([...own.keys()].filter((key) => !messages[FALLBACK_LOCALE].has(key))).toEqual([])
})

test('every text is shown somewhere', () => {
  const literals = new Set(matches(LITERAL).map(({ found }) => found))
  const unused = keys.filter(
    (key) => !literals.has(key) && !templates.some(({ pattern }) => pattern.test(key)),
  )
  expect(unused).toEqual([])
})

test('every key asked for has a text', () => {
  const known = new Set(keys)
  expect(matches(ASKED).filter(({ found }) => !known.has(found))).toEqual([])
  expect(
    templates.filter(({ pattern }) => !keys.some((key) => pattern.test(key))).map(({ found }) => found),
  ).toEqual([])
})

test.each(LOCALES)('the placeholders of %s are those of the original', (locale) => {
  const different = keys.filter((key) => {
    const alternatives = (messages[locale].get(key) ?? '').split(' | ')
    const original = (messages[FALLBACK_LOCALE].get(key) ?? '').split(' | ')
    const wanted = placeholders(original.at(-1) ?? '')
    return (
      alternatives.length !== original.length ||
      placeholders(alternatives.at(-1) ?? '').join() !== wanted.join()
    )
  })
  expect(different).toEqual([])
})

/** Names that were given up for another, which would be a second name for the same thing; and signs likewise. */
const GIVEN_UP: Record<Locale, RegExp> = {
  // Saved queues, merged and main tickets, linked tickets ("ligar" is to phone), the installed program, "remover".
  'pt-BR':
    /\bvis(?:ão|ões)\b(?! geral)|mesclad|ticket pai|tickets? ligad|programa de mesa|\bretira|\d %|\} %/i,
  en: /saved view|canned answer|parent ticket|\bsolved\b/i,
  es: /[«»]|vistas? guardada|fusionad|ticket padre|predefinida|\bañad/i,
}

test.each(LOCALES)('one thing has one name in %s', (locale) => {
  expect([...messages[locale]].filter(([, text]) => GIVEN_UP[locale].test(text))).toEqual([])
})

test('no text breaks the message syntax', () => {
  // In vue-i18n `@` links to another message, and a lone brace does not compile.
  const broken = LOCALES.flatMap((locale) =>
    [...messages[locale]].filter(
      ([, text]) =>
        /@(?!\})/.test(text.replaceAll("{'@'}", '')) || /[{}]/.test(text.replace(/\{(\w+|'[^']*')\}/g, '')),
    ),
  )
  expect(broken).toEqual([])
})

test('the client speaks the first of the wanted languages that it knows', () => {
  expect(matchLocale(['pt-PT', 'en'])).toBe('pt-BR')
  expect(matchLocale(['fr-FR', 'es-MX'])).toBe('es')
  expect(matchLocale(['de'])).toBe('pt-BR')
})
