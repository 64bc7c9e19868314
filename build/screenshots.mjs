/** `npm run screenshots`: the pictures of the README, taken from the demonstration office in a real browser, and the tray's. */
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { takeScreenshots } from '../test/support/screenshots.ts'
import { takeTraySheet } from '../test/support/tray-sheet.ts'
import { buildIfStale } from './build-if-stale.ts'

const images = join(import.meta.dirname, '../docs/images')
const dataDir = await mkdtemp(join(tmpdir(), 'balcao-screenshots-'))
try {
  await buildIfStale()
  await mkdir(images, { recursive: true })
  await takeScreenshots({ dataDir, images })
  await takeTraySheet(join(dataDir, 'icons'), images)
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
