import { compile } from 'html-to-text'
import sanitizeHtml from 'sanitize-html'

export interface MessageBody {
  /** Safe to store and to show: no scripts, no forms, no remote styles, links that can't reach back. */
  html: string
  /** The same words without markup, for search, lists and plain channels. */
  text: string
}

/** Tags that mean somebody sent markup. `<repente>` or `<nome>` in a typed text is no markup and must not vanish. */
const htmlTag =
  /<\/?(?:a|b|blockquote|body|br|code|div|em|font|h[1-6]|hr|html|i|img|li|ol|p|pre|s|script|span|strong|style|su[bp]|table|t[dhr]|tbody|thead|u|ul)(?:\s[^<>]*)?\/?>/i

/** Whether somebody wrote markup. */
export const isHtml = (source: string): boolean => htmlTag.test(source)

/** Words that are to stand as they are, whatever they look like. */
export function textBody(source: string): MessageBody {
  const text = source.trim()
  return { html: plainTextToHtml(text), text }
}

/** Cleans what a person or a program wrote. Text without any of HTML's tags is taken as plain text, line breaks and `<` kept. */
export function toMessageBody(input: string): MessageBody {
  const source = input.replaceAll('\r\n', '\n').replaceAll('\0', '')
  if (!isHtml(source)) return textBody(source)
  const html = sanitizeHtml(source, allowed).trim()
  return { html, text: toText(html).trim() }
}

const toText = compile({
  wordwrap: false,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
})

const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'div', 'span', 'blockquote', 'pre', 'code', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    ...['strong', 'b', 'em', 'i', 'u', 's', 'sub', 'sup', 'a', 'ul', 'ol', 'li'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  disallowedTagsMode: 'discard',
  nestingLimit: 60,
}

/** Typed text as a message: nothing in it is markup, an empty line begins a paragraph, and every other break is kept. */
export function plainTextToHtml(text: string): string {
  if (text === '') return ''
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br />')}</p>`)
    .join('')
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
