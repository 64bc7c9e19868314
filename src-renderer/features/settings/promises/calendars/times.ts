export const MINUTES_PER_DAY = 24 * 60

/** Minutes since midnight as wall-clock time; 1440 is `24:00`. */
export function timeText(minute: number): string {
  const hour = Math.floor(minute / 60)
  return `${String(hour).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** What people type for a time of the day – `8`, `830`, `8h30`, `08:30` – as `HH:mm`; null when it is none. */
export function readTime(text: string): string | null {
  const [, hour, minute = '0'] =
    /^(\d{1,2})(?:\s*[:h.]\s*(\d{2})?|(\d{2}))?\s*(?:h|min)?$/i.exec(squeezed(text)) ?? []
  if (hour === undefined) return null
  const total = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && total <= MINUTES_PER_DAY ? timeText(total) : null
}

/** `830` and `1745` as `8:30` and `17:45`. */
function squeezed(text: string): string {
  return text.trim().replace(/^(\d{1,2})(\d{2})$/, '$1:$2')
}
