import { cnpj, cpf } from 'cpf-cnpj-validator'

/** CPF or CNPJ (with letters too, as issued since July 2026) without punctuation, or null when its check digits are wrong. */
export function parseDocument(text: string): string | null {
  const value = compactDocument(text)
  return cpf.isValid(value) || cnpj.isValid(value) ? value : null
}

export const compactDocument = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '')

export const formatDocument = (value: string): string =>
  value.length === 11
    ? value.replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4')
    : value.replace(/^(..)(...)(...)(....)(..)$/, '$1.$2.$3/$4-$5')

/** Enough to tell two customers apart, too little to misuse. */
export const maskDocument = (value: string): string =>
  value.length === 11
    ? value.replace(/^...(...)(...)..$/, '***.$1.$2-**')
    : value.replace(/^..(...)(...)(....)..$/, '**.$1.$2/$3-**')
