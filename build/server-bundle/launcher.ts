import { NODE_FLAGS } from '../../server/install/service.ts'

/** The command of the bundle, for a person at a prompt: the server's own flags go through it. */
export function launcher(platform: string): { name: string; text: string } {
  return platform === 'win32'
    ? { name: 'balcao-server.cmd', text: windowsLauncher }
    : { name: 'balcao-server', text: unixLauncher }
}

/** Follows links, so that one in `/usr/local/bin` finds the folder; `exec` leaves the service manager one process to speak to. */
const unixLauncher = `#!/bin/sh
self=$0
folder() {
  case $self in
    */*) printf %s "\${self%/*}/" ;;
    *) printf %s ./ ;;
  esac
}
while [ -h "$self" ]; do
  target=$(readlink "$self")
  case $target in
    /*) self=$target ;;
    *) self=$(folder)$target ;;
  esac
done
here=$(CDPATH='' cd -- "$(folder)" && pwd -P) || exit 1
exec "$here/node" ${NODE_FLAGS.join(' ')} "$here/balcao-server.mjs" "$@"
`

const windowsLauncher = [
  '@echo off',
  `"%~dp0node.exe" ${NODE_FLAGS.join(' ')} "%~dp0balcao-server.mjs" %*`,
  '',
].join('\r\n')
