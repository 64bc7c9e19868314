/** Brazilian zones that lie in one state, or in one that most of their people live in. */
const STATE_OF_ZONE: Record<string, string> = {
  'America/Araguaina': 'TO',
  'America/Bahia': 'BA',
  'America/Belem': 'PA',
  'America/Boa_Vista': 'RR',
  'America/Campo_Grande': 'MS',
  'America/Cuiaba': 'MT',
  'America/Eirunepe': 'AM',
  'America/Fortaleza': 'CE',
  'America/Maceio': 'AL',
  'America/Manaus': 'AM',
  'America/Noronha': 'PE',
  'America/Porto_Velho': 'RO',
  'America/Recife': 'PE',
  'America/Rio_Branco': 'AC',
  'America/Santarem': 'PA',
}

/** Where an office in this zone probably is; São Paulo's zone is that of half the country, and says nothing. */
export const stateOfZone = (zone: string): string | null => STATE_OF_ZONE[zone] ?? null

/** Does the law of Brazil say when an office in this zone is closed? */
export const isBrazilian = (zone: string): boolean =>
  zone === 'America/Sao_Paulo' || Object.hasOwn(STATE_OF_ZONE, zone)
