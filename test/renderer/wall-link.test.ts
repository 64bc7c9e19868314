import { expect, test } from 'vitest'
import { wallLink } from '../../src-renderer/features/dashboard/walls/wall-link.ts'

const addresses = ['https://recepcao.local:4810', 'https://192.168.0.10:4810', 'https://[2001:db8::1]:4810']

test('a TV is sent where this computer finds the server', () => {
  expect(wallLink('wall_x', 'https://servidor.local:4810', addresses)).toBe(
    'https://servidor.local:4810/wall#wall_x',
  )
})

test.each(['http://127.0.0.1:4810', 'https://localhost:4810', 'http://[::1]:4810'])(
  'a TV is not sent to itself where this computer is the server: %s',
  (own) => {
    expect(wallLink('wall_x', own, addresses)).toBe('https://192.168.0.10:4810/wall#wall_x')
    expect(wallLink('wall_x', own, ['https://recepcao.local:4810'])).toBe(
      'https://recepcao.local:4810/wall#wall_x',
    )
    expect(wallLink('wall_x', own, [])).toBe(`${own}/wall#wall_x`)
  },
)
