const TICK_MS = 5_000
/** Timers of a page in the background come late, up to a minute; a longer gap means that the machine slept. */
const SLEPT_MS = 75_000

export interface WakeUps {
  page: Pick<Window, 'addEventListener' | 'removeEventListener' | 'setInterval' | 'clearInterval'>
  document: Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'>
  now?: () => number
  /** `suspect`: links that look alive may be dead. */
  onWake(wake: { suspect: boolean }): void
}

/** Notices the moments when it pays to look for the server at once. Returns the function that stops watching. */
export function watchWakeUps({ page, document, now = Date.now, onWake }: WakeUps): () => void {
  let last = now()
  const tick = page.setInterval(() => {
    const at = now()
    // Set back, as on a TV that learns the time after it began: how far it is from the server's has to be learnt anew.
    if (at - last > SLEPT_MS || at < last) onWake({ suspect: true })
    last = at
  }, TICK_MS)
  const onOnline = () => onWake({ suspect: true })
  const onFocus = () => onWake({ suspect: false })
  const onVisible = () => document.visibilityState === 'visible' && onWake({ suspect: false })
  page.addEventListener('online', onOnline)
  page.addEventListener('focus', onFocus)
  document.addEventListener('visibilitychange', onVisible)
  return () => {
    page.clearInterval(tick)
    page.removeEventListener('online', onOnline)
    page.removeEventListener('focus', onFocus)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
