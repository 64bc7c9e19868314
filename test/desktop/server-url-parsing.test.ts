import { expect, test } from 'vitest'
import { parseServerUrl } from '../../src-main/server/server-url.ts'

test.each([
  ['192.168.0.10', 'https://192.168.0.10:4810'],
  ['  servidor  ', 'https://servidor:4810'],
  ['servidor:8080', 'https://servidor:8080'],
  ['servidor:80', 'https://servidor:80'],
  ['servidor.local/tickets', 'https://servidor.local:4810'],
  ['[2001:db8::1]:4810', 'https://[2001:db8::1]:4810'],
  ['http://servidor', 'https://servidor:80'],
  ['http://servidor:4810/', 'https://servidor:4810'],
  ['https://suporte.example/entrar?x=1', 'https://suporte.example'],
  ['HTTPS://Suporte.Example', 'https://suporte.example'],
  ['localhost', 'http://localhost:4810'],
  ['127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['[::1]:4810', 'http://[::1]:4810'],
  ['https://localhost:4810', 'https://localhost:4810'],
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
