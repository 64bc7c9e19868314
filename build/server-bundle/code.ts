/** The server's code as files that need no `node_modules`. */
import { join } from 'node:path'
import { rolldown, type Plugin } from 'rolldown'
import { nativeParts } from './native.ts'

const root = join(import.meta.dirname, '../..')

/** The command, and each thread that the server starts. */
const input = {
  'balcao-server': join(root, 'server/main.ts'),
  'preview-worker': join(root, 'server/rules/preview/preview-worker.ts'),
  'report-worker': join(root, 'server/reports/report-worker.ts'),
  'outlook-worker': join(root, 'server/reports/outlook/outlook-worker.ts'),
  'problems-worker': join(root, 'server/problems/problems-worker.ts'),
  'write-worker': join(root, 'server/reports/export/write-worker.ts'),
}

/**
 * Writes the entries, and what they share or load later, side by side into `folder`, each with its source map. Answers the files
 * of packages that went into them.
 */
export async function bundleCode(folder: string): Promise<string[]> {
  const build = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    plugins: [bundledPlaces, bundledNatives],
  })
  const { output } = await build.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    sourcemap: true,
    comments: { legal: false, annotation: false, jsdoc: false },
  })
  await build.close()
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
}

const bundledPlaces: Plugin = {
  name: 'balcao:bundled-places',
  resolveId: {
    filter: { id: /[/\\]places\.ts$|^\.{1,2}\/.*places\.ts$/ },
    handler: () => join(import.meta.dirname, 'places.ts'),
  },
}

/** Packages look for their native part in several places of `node_modules`; ours lies beside the code. */
const bundledNatives: Plugin = {
  name: 'balcao:bundled-natives',
  resolveId: {
    filter: { id: /\.node$/ },
    handler: (id) => ({ id, external: true }),
  },
  load: {
    filter: { id: nativeParts.map(({ loader }) => loader) },
    handler(id) {
      const part = nativeParts.find(({ loader }) => loader.test(id))
      return part && { code: part.load(`require('./native/${part.name}')`), moduleType: 'js' }
    },
  },
}
