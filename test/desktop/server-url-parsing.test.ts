import { expect, test } from 'vitest'
import { parseServerUrl } from '../../src-main/server/server-url.ts'

test.each([
  ['192.168.0.10', 'http://192.168.0.10:4810'],
  ['  servidor  ', 'http://servidor:4810'],
  ['servidor:8080', 'http://servidor:8080'],
  ['servidor:80', 'http://servidor'],
  ['servidor.local/tickets', 'http://servidor.local:4810'],
  ['[fe80::1]:4810', 'http://[fe80::1]:4810'],
  ['http://servidor', 'http://servidor'],
  ['http://servidor:4810/', 'http://servidor:4810'],
  ['https://suporte.example/entrar?x=1', 'https://suporte.example'],
  ['HTTPS://Suporte.Example', 'https://suporte.example'],
])('“%s” means %s', (typed, origin) => {
  expect(parseServerUrl(typed)).toBe(origin)
})

test.each([
  '',
  '   ',
  'file:///etc/passwd',
  'ftp://servidor',
  'javascript:alert(1)',
  'http://ana:1234@servidor',
  'http://',
  'a b',
])('“%s” is no server address', (typed) => {
  expect(parseServerUrl(typed)).toBeNull()
})
