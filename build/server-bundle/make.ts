/** The server as a folder that needs nothing else: code, native parts, web client, licences, a Node of its own. */
import { constants } from 'node:fs'
import { chmod, copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleCode } from './code.ts'
import { launcher } from './launcher.ts'
import { thirdPartyLicences } from './licences.ts'
import { nativeParts, nodeRuntime, type Target } from './native.ts'

const root = join(import.meta.dirname, '../..')

/** What this machine can make a bundle for: itself. Native parts and Node are those that `npm ci` took for it. */
export const hostTarget: Target = { platform: process.platform, arch: process.arch }

/** Makes `folder` anew. The web client must have been built. @throws when a part for `target` isn't installed. */
export async function makeServerBundle(folder: string, target: Target = hostTarget): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'native'), { recursive: true })
  const runtime = nodeRuntime(target)
  const natives = nativeParts.map(({ name, find }) => ({ name, file: find(target) }))
  const [modules] = await Promise.all([
    bundleCode(folder),
    copyProgram(runtime.file, join(folder, runtime.name)),
    ...natives.map(({ name, file }) => copyFile(file, join(folder, 'native', name))),
    cp(join(root, 'out/renderer'), join(folder, 'web'), { recursive: true }),
    copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE')),
    writeLauncher(folder, target),
  ])
  const files = [...modules, ...natives.map(({ file }) => file), ...(await clientModules())]
  await writeFile(
    join(folder, 'LICENSES-THIRD-PARTY.txt'),
    `${await nodeNotice()}${thirdPartyLicences(files)}`,
  )
}

/** Of the packages whose code went into the web client; its build writes the list. */
async function clientModules(): Promise<string[]> {
  const list = JSON.parse(await readFile(join(root, 'out/renderer-modules.json'), 'utf8')) as string[]
  return list.map((file) => join(root, file))
}

/** Without copying a hundred megabytes where the file system can share them. */
async function copyProgram(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  await chmod(to, 0o755)
}

async function writeLauncher(folder: string, { platform }: Target): Promise<void> {
  const { name, text } = launcher(platform)
  await writeFile(join(folder, name), text, { mode: 0o755 })
}

async function nodeNotice(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(root, 'node_modules/node/package.json'), 'utf8')) as {
    version: string
  }
  const { version } = manifest
  return (
    `Node.js ${version} (MIT, with parts under other licences)\n\n` +
    `Its text and those of its parts: https://github.com/nodejs/node/blob/v${version}/LICENSE\n\n${'-'.repeat(80)}\n\n`
  )
}
