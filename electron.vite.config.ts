import { resolve } from 'node:path'
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
    plugins: [vue(), addressesFromTheRoot],
    build: {
      outDir: at('out/renderer'),
      // The server gives the same files to phones and to any browser of the office, so not Electron's own Chromium.
      target: 'es2022',
      minify: true,
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
