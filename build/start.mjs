/** `npm start`: builds the web client when it is missing or outdated, then runs the server with the given flags. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build-if-stale.ts'
import { serverCommand } from './server-command.ts'

await buildIfStale()
const server = spawn(process.execPath, [...serverCommand, ...process.argv.slice(2)], {
  stdio: 'inherit',
  // Node keeps the compiled modules there, which halves every later start.
  env: { NODE_COMPILE_CACHE: join(import.meta.dirname, '../.cache/compiled'), ...process.env },
})
// npm hands its signals to this process only; a terminal's Ctrl+C reaches both, and the server takes a second one calmly.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('close', (code) => process.exit(code ?? 1))
