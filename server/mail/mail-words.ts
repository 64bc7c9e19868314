/** What the desk's own letters say. Pure. */
import type { OfficeSettings } from '../settings/contract.ts'

/** A letter that only tries the way. */
export function testLetter({ locale, company }: Pick<OfficeSettings, 'locale' | 'company'>) {
  const { subject, text } = words[locale]
  return { subject, text: text.replace('{company}', () => company) }
}

const words: Record<OfficeSettings['locale'], { subject: string; text: string }> = {
  'pt-BR': {
    subject: 'Teste do Balcão',
    text: 'Este é um e-mail de teste do Balcão de {company}. Se ele chegou, o envio está funcionando.\n',
  },
  en: {
    subject: 'Test from Balcão',
    text: 'This is a test e-mail from the Balcão of {company}. If it has reached you, sending works.\n',
  },
  es: {
    subject: 'Prueba de Balcão',
    text: 'Este es un correo de prueba del Balcão de {company}. Si le llegó, el envío funciona.\n',
  },
}
