/** The commands beside `start`, and the words that explain them. */
import { ConfigError } from './config.ts'
import { install, status, uninstall } from './install/command.ts'
import { version } from './version.ts'

const commands = ['start', 'install', 'uninstall', 'status', 'version', 'help'] as const
type Command = (typeof commands)[number]

/** The command comes first and is `start` when it is left out. @throws ConfigError for one that is unknown. */
export function splitCommand(argv: readonly string[]): { command: Command; flags: string[] } {
  const [first, ...rest] = argv
  if (first === '--help' || first === '-h') return { command: 'help', flags: rest }
  if (first === '--version') return { command: 'version', flags: rest }
  if (first === undefined || first.startsWith('-')) return { command: 'start', flags: [...argv] }
  const command = commands.find((each) => each === first)
  if (!command) throw new ConfigError(`${first} is no command; there are ${commands.join(', ')}`)
  return { command, flags: rest }
}

/** Answers what the process ends with. */
export function runCommand(command: Exclude<Command, 'start'>, flags: string[]): Promise<number> {
  switch (command) {
    case 'install':
      return install(flags)
    case 'uninstall':
      return uninstall(flags)
    case 'status':
      return status(flags)
    case 'version':
      return say(`${version}\n`)
    case 'help':
      return say(help)
  }
}

function say(text: string): Promise<number> {
  process.stdout.write(text)
  return Promise.resolve(0)
}

const help = `Balcao ${version}, the server of an office's help desk

  balcao-server [start] [flags]   serve, until Ctrl+C
  balcao-server install [flags]   copy the program and start it with the computer; again: upgrade
  balcao-server uninstall         take it away again; the data stay
  balcao-server status            whether it is installed and answers (ends with 0 when it does)
  balcao-server version | help

Flags of start and install
  --data-dir FOLDER     where everything is kept
  --port NUMBER         4810 when left out
  --host ADDRESS        0.0.0.0 when left out: every network of this computer
  --log-level LEVEL     fatal, error, warn, info, debug, trace or silent
  --log-file FILE       the log goes there instead of stdout
  --tls-cert FILE --tls-key FILE   the office's own certificate
  --allow-http          other computers may connect without encryption
  --no-discovery        don't announce the server on the network

Flags of start alone
  --demo                fill an empty store with a demonstration office

Flags of install and uninstall
  --user NAME           install: the account to run as (Linux and macOS)
  --print               show what would be done, and do nothing
  --root FOLDER         put files below this folder, and run nothing (Linux and macOS)
  --purge               uninstall: the data too, after asking; --yes: without asking
`
