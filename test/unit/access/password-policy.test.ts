import { describe, expect, it } from 'vitest'
import { passwordWeakness } from '../../../server/access/password-policy.ts'

const owner = { name: 'Ana Souza Lima', email: 'ana.souza@ipe.example', company: 'Papelaria Ipê' }

describe('a password', () => {
  it.each([
    ['senha', 'auth.password_too_short'],
    ['9 letters', 'auth.password_too_short'],
    ['senha12345', 'auth.password_common'],
    ['Senha@2026!', 'auth.password_common'],
    ['P@ssw0rd2026', 'auth.password_common'],
    ['1234567890', 'auth.password_common'],
    ['11987654321', 'auth.password_common'],
    ['aaaaaaaaaaaa', 'auth.password_common'],
    ['abcabcabcabc', 'auth.password_common'],
    ['qwertyuiop', 'auth.password_common'],
    ['Flamengo1981', 'auth.password_common'],
    ['ana.souza@ipe.example', 'auth.password_is_name'],
    ['ANA SOUZA LIMA', 'auth.password_is_name'],
    ['papelaria ipe', 'auth.password_is_name'],
  ])('is refused when it is %j', (password, reason) => {
    expect(passwordWeakness(password, owner)).toBe(reason)
  })

  it.each([
    'senha-bem-comprida',
    'cavalo bateria grampo',
    'kT9#vQ2!xL',
    'Papelaria Ipê abre às oito',
    '10/3=três e pouco',
  ])('is taken when it is %j', (password) => {
    expect(passwordWeakness(password, owner)).toBeNull()
  })

  it('may have no letters in the names it is compared with', () => {
    expect(
      passwordWeakness('4815-1623-4299!', { name: '山田', email: '1@2.example', company: '' }),
    ).toBeNull()
  })
})
