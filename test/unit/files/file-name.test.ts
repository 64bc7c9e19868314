import { describe, expect, test } from 'vitest'
import { contentDisposition, safeFileName } from '../../../server/files/file-name.ts'

describe('the name of a file', () => {
  test.each([
    ['Orçamento março – versão final.pdf', 'Orçamento março – versão final.pdf'],
    ['relatório 😀.xlsx', 'relatório 😀.xlsx'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ana\\boleto.pdf', 'boleto.pdf'],
    ['nota\u0000\r\nSet-Cookie: x.pdf', 'notaSet-Cookie_ x.pdf'],
    ['fatura\u202Efdp.exe', 'faturafdp.exe'],
    ['invisi\u200Bvel\uFEFF.txt', 'invisivel.txt'],
    ['.htaccess', 'htaccess'],
    ['planilha.xlsx. . ', 'planilha.xlsx'],
    ['a<b>c:d"e|f?g*.txt', 'a_b_c_d_e_f_g_.txt'],
    ['CON.txt', '_CON.txt'],
    ['nul', '_nul'],
    ['lone \uD800 surrogate.txt', 'lone surrogate.txt'],
    ['Sa\u0303o Paulo.txt', 'São Paulo.txt'],
    ['..', 'file'],
    ['', 'file'],
    ['pasta/', 'file'],
  ])('%j is kept as %j', (given, kept) => {
    expect(safeFileName(given)).toBe(kept)
  })

  test('is shortened in the stem, so that its ending stays', () => {
    const name = safeFileName(`${'á'.repeat(300)}.pdf`)
    expect([...name]).toHaveLength(120)
    expect(name.endsWith('á.pdf')).toBe(true)
  })
})

describe('the header that names a download', () => {
  test('carries accents for browsers of today and plain letters for old ones', () => {
    expect(contentDisposition('Orçamento (1).pdf', false)).toBe(
      `attachment; filename="Orcamento (1).pdf"; filename*=UTF-8''Or%C3%A7amento%20%281%29.pdf`,
    )
  })

  test('can’t be broken out of', () => {
    expect(contentDisposition('a"; filename="b.html', true)).toBe(
      `inline; filename="a_; filename=_b.html"; filename*=UTF-8''a%22%3B%20filename%3D%22b.html`,
    )
  })
})
