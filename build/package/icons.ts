/** Renders the program's icon, as each system wants it, into `out/package/`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { icns, ICNS_TYPES, ico, ICO_SIZES } from './icon-files.ts'

const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
/** Below this the drawing for small sizes is used, whose edges lie on whole pixels. */
const SMALL = 24

/** Writes into the folder `out`, which need not exist. */
export async function renderIcons(out: string): Promise<void> {
  const drawing = (name: string): Promise<string> => readFile(join(import.meta.dirname, name), 'utf8')
  const [large, small] = await Promise.all([drawing('icon.svg'), drawing('icon-small.svg')])
  const png = (size: number): Uint8Array =>
    new Resvg(size < SMALL ? small : large, { fitTo: { mode: 'width', value: size } }).render().asPng()
  await mkdir(join(out, 'icons'), { recursive: true })
  await writeFile(join(out, 'icon.ico'), ico(ICO_SIZES.map((size) => ({ size, png: png(size) }))))
  await writeFile(join(out, 'icon.icns'), icns(ICNS_TYPES.map(([type, size]) => ({ type, png: png(size) }))))
  for (const size of LINUX_SIZES) await writeFile(join(out, 'icons', `${size}x${size}.png`), png(size))
}
