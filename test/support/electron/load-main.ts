/** Loads the built main process into this Node, with `electron` resolved to a stand-in of its own. */
import { createRequire, registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

type ModuleExports = Readonly<Record<string, unknown>>

const { nativeImport } = createRequire(import.meta.url)('./native-import.mjs') as {
  nativeImport: (url: string) => Promise<unknown>
}
const scheme = 'electron-stand-in:'
const instanceOf = (url: string | undefined): string | null =>
  url === undefined || !URL.canParse(url) ? null : new URL(url).searchParams.get('electron-stand-in')

const registry = new Map<string, ModuleExports>()
// Where the generated modules find the objects they export: they run outside of this module.
const registryKey = Symbol.for('balcao.electron-stand-in')
Object.assign(globalThis, { [registryKey]: registry })

/** A CommonJS module, as electron-updater, does not know who loaded it. Limit: it keeps the first client's `electron`. */
const newestInstance = (): string | null => [...registry.keys()].at(-1) ?? null

let hooksAreRegistered = false
let instances = 0

/** Resolves with what the module exports. */
export async function loadMain(path: string, electron: ModuleExports): Promise<unknown> {
  registerHooksOnce()
  const instance = `${process.pid}-${++instances}`
  registry.set(instance, electron)
  // The query makes each start a fresh copy of the program, as a new process would be.
  return nativeImport(`${pathToFileURL(path).href}?electron-stand-in=${instance}`)
}

function registerHooksOnce(): void {
  if (hooksAreRegistered) return
  hooksAreRegistered = true
  registerHooks({
    resolve(specifier, context, next) {
      const instance = instanceOf(context.parentURL) ?? (specifier === 'electron' ? newestInstance() : null)
      if (instance === null) return next(specifier, context)
      if (specifier === 'electron') return { url: scheme + instance, format: 'module', shortCircuit: true }
      const resolved = next(specifier, context)
      if (!specifier.startsWith('.')) return resolved
      return { ...resolved, url: `${resolved.url}?electron-stand-in=${instance}` }
    },
    load(url, context, next) {
      if (!url.startsWith(scheme)) return next(url, context)
      const instance = url.slice(scheme.length)
      const names = Object.keys(registry.get(instance) ?? {})
      const source = `const electron = globalThis[Symbol.for('balcao.electron-stand-in')].get(${JSON.stringify(instance)})
        export const { ${names.join(', ')} } = electron`
      return { source, format: 'module', shortCircuit: true }
    },
  })
}
