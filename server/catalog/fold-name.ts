/** What makes two names the same to people: accents, case and spacing don't count; nor does what no store can hold. */
export const foldName = (name: string): string =>
  name.toWellFormed().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim().replace(/\s+/g, ' ')
