import DOMPurify from 'dompurify'

/** The server has cleaned every message; this is the second lock, for what a bug or an older store lets through. */
export function safeFragment(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: [
      'style',
      'img',
      'picture',
      'video',
      'audio',
      'source',
      'form',
      'input',
      'button',
      'select',
      'textarea',
    ],
    FORBID_ATTR: ['style', 'class', 'id', 'name', 'tabindex', 'target', 'srcset', 'background'],
  })
}

/** How messages look inside their shadow root. Fonts, colours and tokens come in from the page. */
export const messageStyle = `
  :host { display: block; }
  * { max-width: 100%; box-sizing: border-box; }
  p, ul, ol, blockquote, pre, table, h1, h2, h3, h4, h5, h6 { margin: 0 0 8px; }
  :last-child { margin-bottom: 0; }
  h1, h2, h3, h4, h5, h6 { font-size: 1.08em; line-height: 1.3; }
  ul, ol { padding-left: 22px; }
  li > p { margin: 0; }
  a { color: var(--accent-text); text-underline-offset: 2px; }
  a:focus-visible { outline: 2px solid var(--focus-ring); outline-offset: 1px; }
  blockquote { padding-left: 10px; color: var(--text-muted); border-left: 3px solid var(--line); }
  code, pre { font-family: var(--font-mono); font-size: 0.94em; }
  code { padding: 1px 4px; background: var(--hover); border-radius: 4px; }
  pre { padding: 8px 10px; overflow-x: auto; background: var(--hover); border-radius: 6px; white-space: pre-wrap; }
  pre code { padding: 0; background: none; }
  hr { border: 0; border-top: 1px solid var(--line); }
  table { display: block; overflow-x: auto; border-collapse: collapse; }
  td, th { padding: 3px 8px; text-align: start; border: 1px solid var(--line); }
`
