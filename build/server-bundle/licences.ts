/** Whose work the bundle holds, and under which terms. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

interface PackageNotice {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string | null
}

/** One section for each package that one of `files` is of, by name: its licence's text, or what its manifest says of it. */
export function thirdPartyLicences(files: readonly string[]): string {
  const folders = new Set(files.flatMap((file) => packageFolder(file) ?? []))
  const notices = [...folders].map(readNotice)
  const byName = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]))
  return [...byName]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([title, { licence, text }]) =>
        `${title} (${licence})\n\n${text ?? 'The package brings no text of its own.'}\n`,
    )
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function packageFolder(file: string): string | null {
  const clean = file.replace(/^\0/, '').replace(/\?.*$/, '')
  const marker = `${sep}node_modules${sep}`
  const start = clean.lastIndexOf(marker)
  if (start === -1) return null
  const [first = '', second = ''] = clean.slice(start + marker.length).split(sep)
  return join(clean.slice(0, start + marker.length), first.startsWith('@') ? join(first, second) : first)
}

function readNotice(folder: string): PackageNotice {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string | { type: string }
  }
  const { name, version, license = 'see its text' } = manifest
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|-|$)/i.test(entry))
  const path = file && join(folder, file)
  return {
    name,
    version,
    licence: typeof license === 'string' ? license : license.type,
    text: path && existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim() : null,
  }
}
