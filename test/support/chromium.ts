/**
 * Where the tests' Chromium comes from: `BALCAO_CHROMIUM`, an installed Chrome/Edge/Chromium, or the one inside the
 * npm package `@sparticuz/chromium`, so that a machine with nothing but Node and npm runs every browser test.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

export interface Chromium {
  readonly executablePath: string
  readonly env: NodeJS.ProcessEnv
}

const run = promisify(execFile)
const projectRoot = join(import.meta.dirname, '..', '..')

/** The installed browsers, likeliest first. A distribution's stub may be among them, so a launch can still fail. */
export function findInstalledChromium(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Chromium[] {
  return candidatePaths(platform, env)
    .filter((path) => existsSync(path))
    .map((executablePath) => ({ executablePath, env }))
}

function candidatePaths(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(
      (root) => root !== undefined,
    )
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
    return programs.flatMap((program) => roots.map((root) => `${root}\\${program}`))
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge']
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** Unpacks the npm package's Chromium on first use (about 3 s, 200 MB below node_modules/.cache). */
export async function unpackBundledChromium(): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'No Chrome, Edge or Chromium was found. Install one, or set BALCAO_CHROMIUM to its executable.',
    )
  }
  const packageRoot = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
  const manifest = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string
  }
  const folder = join(projectRoot, 'node_modules', '.cache', `chromium-${manifest.version}`)
  if (!existsSync(folder)) await unpackInto(folder, join(packageRoot, 'bin'))
  return withWhatTheMachineLacks(folder)
}

/** Several test processes may unpack at once: each unpacks aside, the first rename wins, the others discard theirs. */
async function unpackInto(folder: string, bin: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const aside = await mkdtemp(`${folder}-unpacking-`)
  try {
    // The package unpacks into the temporary folder only: a process of its own is told that `aside` is that folder.
    const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((name) =>
      join(bin, name),
    )
    const script = `import { inflate } from '@sparticuz/chromium'
      await Promise.all(${JSON.stringify(archives)}.map((archive) => inflate(archive)))`
    await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: projectRoot,
      env: { ...process.env, TMPDIR: aside },
    })
    await writeFile(join(aside, 'fonts', 'fonts.conf'), fontsConfig(folder))
    await rename(aside, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** The package's own configuration looks for its fonts below the temporary folder only. */
function fontsConfig(folder: string): string {
  const escaped = folder.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${escaped}/fonts</dir>
  <cachedir>${escaped}/fonts-cache</cachedir>
</fontconfig>
`
}

async function withWhatTheMachineLacks(folder: string): Promise<Chromium> {
  const executablePath = join(folder, 'chromium')
  const env = { ...process.env }
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH ??= join(folder, 'fonts')
  const starts = await run(executablePath, ['--version'], { env }).then(
    () => true,
    () => false,
  )
  if (!starts) {
    const libraries = join(folder, 'al2023', 'lib')
    env.LD_LIBRARY_PATH = [libraries, env.LD_LIBRARY_PATH]
      .filter((path) => path !== undefined)
      .join(delimiter)
  }
  return { executablePath, env }
}
