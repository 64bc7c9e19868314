/** "0:42", "12:05", "1:02:09": how long a call goes on, or what is left of something. Never less than nothing. */
export function clockText(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(all / 3_600)
  const minutes = Math.floor(all / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`
}
