/** `npm start`: builds the web client when it is missing or outdated, then runs the server with the given flags. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build-if-stale.ts'

await buildIfStale()
const main = join(import.meta.dirname, '../server/main.ts')
const server = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
// npm hands its signals to this process only; a terminal's Ctrl+C reaches both, and the server takes a second one calmly.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('close', (code) => process.exit(code ?? 1))
