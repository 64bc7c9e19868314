/** The command line. */
import { runCommand, splitCommand } from './commands.ts'
import { ConfigError, readConfig } from './config.ts'

const BAD_CONFIG = 2

try {
  const { command, flags } = splitCommand(process.argv.slice(2))
  if (command === 'start') {
    const config = readConfig(flags, process.env)
    // The whole server takes a second to load: a wrong flag, or a question about the version, need not wait for it.
    const { start } = await import('./serve.ts')
    await start(config)
  } else {
    process.exitCode = await runCommand(command, flags)
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`balcao: ${error.message}\n`)
  process.exitCode = BAD_CONFIG
}
