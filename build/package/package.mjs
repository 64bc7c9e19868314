/**
 * `npm run package`: builds the client and packs it for this system, or for those that the arguments name (`--win --mac --linux`;
 * `--dir` for the unpacked folder alone). Each system packs itself best: the office's server inside, which `npm run package:server`
 * made before, has native parts of the system that packs.
 */
import { parseArgs } from 'node:util'
import { buildIfStale } from '../build-if-stale.ts'
import { packClient, systems } from './pack.ts'

const flag = { type: 'boolean', default: false }
const { values } = parseArgs({
  options: { win: flag, mac: flag, linux: flag, dir: flag, 'electron-dist': { type: 'string' } },
})

await buildIfStale()
const made = await packClient({
  systems: Object.keys(systems).filter((name) => values[name]),
  onlyFolder: values.dir,
  electronDist: values['electron-dist'],
})
for (const path of made) process.stdout.write(`${path}\n`)
