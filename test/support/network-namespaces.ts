/** Two little networks of this machine's own, joined by a cable, where it lets us make some. Linux and root only. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'

export interface Cable extends AsyncDisposable {
  /** Runs a command as if on the computer at that end. */
  spawn(
    end: 'here' | 'there',
    command: string,
    args: readonly string[],
    env?: Record<string, string>,
  ): ChildProcess
  readonly addresses: { readonly here: string; readonly there: string }
  /** Gives the far end another address, as a DHCP server would. */
  readdress(address: string): void
}

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' })

/** Null where this machine doesn't allow it. The addresses are those reserved for documentation (RFC 5737). */
export function layCable(): Cable | null {
  const names = { here: `balcao-a-${process.pid}`, there: `balcao-b-${process.pid}` }
  const addresses = { here: '198.51.100.1', there: '198.51.100.2' }
  const remove = (name: string) => {
    try {
      ip('netns', 'del', name)
    } catch {
      // It was never made.
    }
  }
  try {
    for (const name of Object.values(names)) ip('netns', 'add', name)
    ip(
      '-n',
      names.here,
      'link',
      'add',
      'cable',
      'type',
      'veth',
      'peer',
      'name',
      'cable',
      'netns',
      names.there,
    )
    for (const end of ['here', 'there'] as const) {
      ip('-n', names[end], 'address', 'add', `${addresses[end]}/24`, 'dev', 'cable')
      ip('-n', names[end], 'link', 'set', 'cable', 'up')
      ip('-n', names[end], 'link', 'set', 'lo', 'up')
    }
  } catch {
    for (const name of Object.values(names)) remove(name)
    return null
  }
  const children: ChildProcess[] = []
  return {
    addresses,
    spawn(end, command, args, env = {}) {
      const child = spawn('ip', ['netns', 'exec', names[end], command, ...args], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      children.push(child)
      return child
    },
    readdress(address) {
      ip('-n', names.there, 'address', 'flush', 'dev', 'cable')
      ip('-n', names.there, 'address', 'add', `${address}/24`, 'dev', 'cable')
    },
    [Symbol.asyncDispose]: () => {
      // A test that failed half-way has ended none of them.
      for (const child of children) child.kill('SIGKILL')
      for (const name of Object.values(names)) remove(name)
      return Promise.resolve()
    },
  }
}
