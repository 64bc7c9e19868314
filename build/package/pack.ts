import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { configuration } from './electron-builder.mjs'
import { renderIcons } from './icons.ts'

const root = join(import.meta.dirname, '../..')

export const systems = { win: Platform.WINDOWS, mac: Platform.MAC, linux: Platform.LINUX }
type System = keyof typeof systems

export interface Packing {
  /** This machine's when empty. */
  readonly systems: readonly System[]
  /** The unpacked folder alone, for this machine's processor. */
  readonly onlyFolder: boolean
  /** An unpacked Electron to take, where none can be downloaded. */
  readonly electronDist?: string | undefined
  /** Where to write; `dist/desktop` when absent. */
  readonly output?: string
}

/** Packs what was built into `out/`. Returns the files made. @throws what electron-builder throws */
export async function packClient({
  systems: wanted,
  onlyFolder,
  electronDist,
  output,
}: Packing): Promise<string[]> {
  await renderIcons(join(root, 'out/package'))
  const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64
  const platforms = wanted.length > 0 ? wanted.map((system) => systems[system]) : [Platform.current()]
  return build({
    // Without a word for a system, the configuration says what is made for it.
    targets: new Map(
      platforms.map((platform) => [platform, new Map<Arch, string[]>(onlyFolder ? [[arch, ['dir']]] : [])]),
    ),
    projectDir: root,
    config: {
      ...configuration,
      ...(electronDist === undefined ? {} : { electronDist }),
      ...(output === undefined ? {} : { directories: { ...configuration.directories, output } }),
    },
    publish: 'never',
  })
}
