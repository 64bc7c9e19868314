const MAX_LENGTH = 120
const FALLBACK = 'file'

/** Names that Windows keeps for devices, with any ending. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * A name that is safe to show and to save under on every system: no folders, nothing invisible, nothing that turns the
 * direction of reading (`exe.fdp` must not look like `pdf.exe`). Accents, other scripts and emoji stay.
 */
export function safeFileName(given: string): string {
  const name = (given.split(/[/\\]/).at(-1) ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  if (name === '') return FALLBACK
  return shorten(deviceName.test(name) ? `_${name}` : name)
}

/** Cuts the stem and keeps the ending, by which people and systems know what a file is. */
function shorten(name: string): string {
  const letters = [...name]
  if (letters.length <= MAX_LENGTH) return name
  const ending = [...(/\.[^. ]{1,10}$/.exec(name)?.[0] ?? '')]
  return [...letters.slice(0, MAX_LENGTH - ending.length), ...ending].join('')
}

/** The header that makes a browser save (or, `inline`, show) under this name: plain for old ones, exact for the others. */
export function contentDisposition(name: string, inline: boolean): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${exact}`
}
