import { mkdir, writeFile } from 'node:fs/promises'
import { normalize, relative, resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

/**
 * electron-vite makes a production build's addresses relative. Ours has routes of several segments and two homes,
 * `app://balcao/` and the server's `/`: only addresses from the root work in both.
 */
const addressesFromTheRoot = {
  name: 'balcao:addresses-from-the-root',
  enforce: 'post',
  config: () => ({ base: '/' }),
} as const

/** Writes down which files of packages went into the page: whoever ships it ships the packages' licences with it. */
const listOfModules = {
  name: 'balcao:list-of-modules',
  async writeBundle(_options: unknown, bundle: Record<string, { moduleIds?: readonly string[] }>) {
    const ids = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds)
    const files = ids.map((id) => normalize(id.replace(/^\0/, '').replace(/\?.*$/, '')))
    const ofPackages = files.filter((file) => file.includes('node_modules'))
    const list = [...new Set(ofPackages.map((file) => relative(import.meta.dirname, file)))].sort()
    await mkdir(at('out'), { recursive: true })
    await writeFile(at('out/renderer-modules.json'), JSON.stringify(list))
  },
} as const

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: { index: at('src-main/index.ts') },
        // It looks for its native part beside itself.
        external: ['koffi'],
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src-main/preload/index.ts') },
        // A sandboxed preload is CommonJS; `.cjs` says so although the package is ESM.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [vue(), addressesFromTheRoot, listOfModules],
    build: {
      outDir: at('out/renderer'),
      // The server gives the same files to phones and to any browser of the office, so not Electron's own Chromium.
      target: 'es2022',
      minify: true,
      // What draws charts is one file of 600 kB, fetched when the first is shown.
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        input: at('src-renderer/index.html'),
        output: {
          codeSplitting: {
            // Each icon that several screens show would be a file of its own: a hundred requests for a few hundred bytes each.
            groups: [{ name: 'icons', test: /[\\/]node_modules[\\/]@lucide[\\/]/ }],
          },
        },
      },
    },
  },
})
