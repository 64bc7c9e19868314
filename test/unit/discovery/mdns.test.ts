import { EventEmitter } from 'node:events'
import type { Bonjour } from 'bonjour-service'
import { expect, test } from 'vitest'
import { listenOn } from '../../../src-main/discovery/mdns.ts'

/** A computer whose networks come and go, and what asks on which of them. */
function aComputer(networks: string[]) {
  const open: string[] = []
  const asked: string[] = []
  const listening = listenOn(
    () => networks,
    (network) => {
      open.push(network)
      return {
        find() {
          asked.push(network)
          return Object.assign(new EventEmitter(), { stop: () => undefined })
        },
        destroy: () => void open.splice(open.indexOf(network), 1),
      } as unknown as Bonjour
    },
  )({ heard: () => undefined, gone: () => undefined })
  return { listening, open, asked }
}

test('a network that comes while a server is sought is asked on too; one that is gone is let go', () => {
  const networks: string[] = []
  const { listening, open, asked } = aComputer(networks)
  listening.ask()
  expect(asked).toEqual([])

  networks.push('192.168.0.7')
  listening.ask()
  expect(asked).toEqual(['192.168.0.7'])
  networks.splice(0, 1, '10.0.0.4')
  listening.ask()
  expect(asked.at(-1)).toBe('10.0.0.4')
  expect(open).toEqual(['10.0.0.4'])
  listening.stop()
  expect(open).toEqual([])
})
