/** Whether `text` names the ticket `number` outright: whole, or by its digits after the year, leading zeros or not. */
export function isProtocolOf(text: string, number: string): boolean {
  const wanted = text.trim()
  const [year, sequence = ''] = number.split('-')
  if (/^\d{4}-\d+$/.test(wanted)) return wanted === `${year}-${sequence}`
  return /^\d{3,}$/.test(wanted) && Number(wanted) === Number(sequence)
}
