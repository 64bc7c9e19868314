/** `npm run desktop`: the Electron client, from this folder. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build-if-stale.ts'
import { fetchElectron } from './electron-binary.ts'

const electron = fetchElectron()
if (!electron) {
  console.error(
    'balcao: o Electron não está nesta máquina e não pôde ser baixado. Confira a conexão e tente de novo, ou abra o endereço do servidor em um navegador.\n' +
      'balcao: Electron is not on this machine and could not be downloaded. Check the connection and try again, or open the server’s address in a browser.',
  )
  process.exit(1)
}

await buildIfStale().catch((error) => {
  console.error(`balcao: ${error.message}`)
  process.exit(1)
})
const client = spawn(electron, [join(import.meta.dirname, '..'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => client.kill(signal))
client.on('close', (code) => process.exit(code ?? 1))
