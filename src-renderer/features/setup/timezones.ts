import type { Option } from '../../ui/options.ts'

/** All time zones of this machine with their present offset, as in "America/Sao Paulo · GMT-3". */
export function timezoneOptions(locale: string): Option[] {
  return Intl.supportedValuesOf('timeZone').map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
    hint: offsetOf(zone, locale),
  }))
}

function offsetOf(zone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    timeZoneName: 'shortOffset',
  }).formatToParts()
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
}
