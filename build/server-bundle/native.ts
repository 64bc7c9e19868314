/** Parts of the server that are machine code, one file each for a system and a processor. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** `process.platform` and `process.arch`: what the bundle is made for. Linux means glibc, as for Node's own builds. */
export interface Target {
  readonly platform: string
  readonly arch: string
}

interface NativePart {
  /** What it is called in the bundle's `native` folder. */
  readonly name: string
  /** The module of its package that looks for it. */
  readonly loader: RegExp
  /** That module's text in the bundle, given the call that loads the part. */
  load(required: string): string
  /** Where `npm ci` put it. @throws when it isn't there. */
  find(target: Target): string
}

const require = createRequire(import.meta.url)
/** The packages' own names for a system: Node's, and for Linux the C library too. */
const abiNames: Record<string, string> = { linux: '-gnu', win32: '-msvc', darwin: '' }

export const nativeParts: readonly NativePart[] = [
  {
    name: 'better-sqlite3.node',
    loader: /[/\\]better-sqlite3[/\\]lib[/\\]binding\.js$/,
    // TypeORM says `nativeBinding: null`, which only the package's own entry allows.
    load: (required) => `exports.getBinding = (given) => given ?? ${required}`,
    find: ({ platform, arch }) =>
      existing(join(packageDir('better-sqlite3'), 'prebuilds', `${platform}-${arch}.node`)),
  },
  {
    name: 'argon2.node',
    loader: /[/\\]@node-rs[/\\]argon2[/\\]index\.js$/,
    load: (required) => `module.exports = ${required}`,
    find({ platform, arch }) {
      const name = `${platform}-${arch}${abiNames[platform] ?? ''}`
      return existing(join(packageDir(`@node-rs/argon2-${name}`), `argon2.${name}.node`))
    },
  },
]

/** The Node that runs the bundle, and what it is called there. */
export function nodeRuntime({ platform }: Target): { name: string; file: string } {
  const name = platform === 'win32' ? 'node.exe' : 'node'
  return { name, file: existing(join(packageDir('node'), 'bin', name)) }
}

function packageDir(name: string): string {
  return dirname(require.resolve(`${name}/package.json`))
}

function existing(file: string): string {
  if (existsSync(file)) return file
  throw new Error(`${file} is missing: build on the system that the bundle is for, after npm ci.`)
}
