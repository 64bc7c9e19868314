import { cnpj, cpf } from 'cpf-cnpj-validator'

const compact = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** `empty`, a whole `cpf` or `cnpj`, `short` while somebody is still typing, or `wrong`. */
export type DocumentState = 'empty' | 'cpf' | 'cnpj' | 'short' | 'wrong'

export function documentState(text: string): DocumentState {
  const value = compact(text)
  if (value === '') return 'empty'
  if (cpf.isValid(value)) return 'cpf'
  if (cnpj.isValid(value)) return 'cnpj'
  return value.length < 14 && value.length !== 11 ? 'short' : 'wrong'
}

/** With its punctuation when it is whole, `123.456.789-09` or `12.345.678/0001-95`; otherwise as it was typed. */
export function formatDocument(text: string): string {
  const value = compact(text)
  if (cpf.isValid(value)) return value.replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4')
  return cnpj.isValid(value) ? value.replace(/^(..)(...)(...)(....)(..)$/, '$1.$2.$3/$4-$5') : text.trim()
}
