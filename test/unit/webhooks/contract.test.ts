import { describe, expect, it } from 'vitest'
import { newWebhookInput, URL_MAX } from '../../../server/webhooks/contract.ts'

const reasonOf = (url: string) =>
  newWebhookInput.safeParse({ name: 'Painel', url }).error?.issues[0]?.message ?? null

describe('the address of a webhook', () => {
  it.each([
    'https://exemplo.com.br/ganchos/balcao?chave=1',
    'http://192.168.0.10:8080/',
    'http://servidor/x',
    '  https://exemplo.com  ',
  ])('may be %s', (url) => expect(reasonOf(url)).toBeNull())

  it.each([
    ['exemplo.com', 'webhooks.url_invalid'],
    ['', 'webhooks.url_invalid'],
    ['ftp://exemplo.com/', 'webhooks.url_invalid'],
    ['file:///etc/passwd', 'webhooks.url_invalid'],
    ['javascript:alert(1)', 'webhooks.url_invalid'],
    ['https://ana@exemplo.com/', 'webhooks.url_credentials'],
    ['https://ana:senha@exemplo.com/', 'webhooks.url_credentials'],
    [`https://exemplo.com/${'a'.repeat(URL_MAX)}`, 'input.too_big'],
  ])('may not be %.40s', (url, reason) => expect(reasonOf(url)).toBe(reason))
})
