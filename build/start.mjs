/** `npm start`: builds the web client when it is missing or outdated, then runs the server with the given flags. */
import { spawn } from 'node:child_process'
import { buildIfStale } from './build-if-stale.ts'
import { serverCommand } from './server-command.ts'

await buildIfStale()
const server = spawn(process.execPath, [...serverCommand, ...process.argv.slice(2)], { stdio: 'inherit' })
// npm hands its signals to this process only; a terminal's Ctrl+C reaches both, and the server takes a second one calmly.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('close', (code) => process.exit(code ?? 1))
