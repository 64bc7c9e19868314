/** Renders the pictures of tray, taskbar and program from the drawings in `build/icons/` into `out/resources/icons/`. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'

const root = join(import.meta.dirname, '..')
const drawings = join(root, 'build', 'icons')

/** Electron takes the picture of a screen's scale by the name's end. */
const SCALES: readonly [number, string][] = [
  [1, ''],
  [1.25, '@1.25x'],
  [1.5, '@1.5x'],
  [2, '@2x'],
  [3, '@3x'],
]
/** Points. A Mac's menu bar has room for 18, the others' notification areas for 16. */
const TRAY_SIZE = 16
const MAC_TRAY_SIZE = 18
const APP_SIZES = { app: 512, 'app-1024': 1024 }
/** Where there is something to count. */
const COUNTED = ['info', 'warning', 'urgent', 'offline']
const COUNTS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9plus']

/** Some three hundred small pictures, in a second. */
export async function renderIcons(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const files = (await readdir(drawings)).filter((name) => name.endsWith('.svg'))
  const svg = new Map<string, string>()
  for (const file of files) svg.set(basename(file, '.svg'), await readFile(join(drawings, file), 'utf8'))

  const drawn = (name: string): string => {
    const drawing = svg.get(name)
    if (drawing === undefined) throw new Error(`build/icons/${name}.svg is missing`)
    return drawing
  }
  const pictures: [file: string, drawing: string, size: number][] = []
  const add = (name: string, drawing: string, size: number): void => {
    for (const [scale, suffix] of SCALES) {
      pictures.push([`${name}${suffix}.png`, drawing, Math.round(size * scale)])
    }
  }
  for (const [name, drawing] of svg) {
    if (name.startsWith('count-')) continue
    add(name, drawing, name.endsWith('Template') ? MAC_TRAY_SIZE : TRAY_SIZE)
  }
  for (const icon of COUNTED) {
    for (const count of COUNTS) {
      add(`tray-${icon}-${count}`, layered(drawn(`tray-${icon}`), drawn(`count-${count}`)), TRAY_SIZE)
    }
  }
  const app = await readFile(join(root, 'src-renderer', 'public', 'icon.svg'), 'utf8')
  for (const [name, size] of Object.entries(APP_SIZES)) pictures.push([`${name}.png`, app, size])

  for (const [file, drawing, size] of pictures) await writeFile(join(folder, file), render(drawing, size))
}

/** A PNG of `size` × `size` pixels. */
function render(drawing: string, size: number): Uint8Array {
  return new Resvg(drawing, { fitTo: { mode: 'width', value: size } }).render().asPng()
}

/** Both are drawn in the same box, the second over the first. */
function layered(under: string, over: string): string {
  return under.replace('</svg>', `${over.slice(over.indexOf('>') + 1).replace('</svg>', '')}</svg>`)
}
