import type { Locale } from '../settings/contract.ts'

/** As Brazilians call the days, by the library's rule; it knows them by Portugal's names, or not all of them. */
const names: Record<Locale, Record<string, string>> = {
  'pt-BR': {
    '01-01': 'Confraternização Universal',
    'easter -46 PT14H': 'Quarta-feira de Cinzas',
    'easter -2': 'Sexta-feira Santa',
    'easter 60': 'Corpus Christi',
    '04-21': 'Tiradentes',
    '05-01': 'Dia do Trabalhador',
    '09-07': 'Independência do Brasil',
    '11-02': 'Finados',
    '11-20': 'Dia da Consciência Negra',
    '12-24 14:00': 'Véspera de Natal',
    '12-31 14:00': 'Véspera de Ano-Novo',
  },
  en: { 'easter -46 PT14H': 'Ash Wednesday', '04-21': 'Tiradentes Day' },
  es: {
    'easter -50 PT48H': 'Carnaval',
    'easter -48': 'Carnaval',
    'easter -47': 'Carnaval',
    'easter -46 PT14H': 'Miércoles de Ceniza',
    '04-21': 'Día de Tiradentes',
    '10-12': 'Nuestra Señora Aparecida',
    '1st sunday in October in even years': 'Día de elecciones',
    '1st sunday before 11-01 in even years': 'Día de elecciones',
    '11-15': 'Proclamación de la República',
    '11-20': 'Día de la Conciencia Negra',
  },
}

/** Undefined where the library's own name is good. */
export const brazilianName = (rule: string, locale: Locale): string | undefined => names[locale][rule]
