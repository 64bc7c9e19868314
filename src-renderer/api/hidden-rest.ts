/** Long enough for a glance at another tab. */
const REST_AFTER_MS = 5_000

export interface HiddenRest {
  document: Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'>
  onRest(): void
  onReturn(): void
}

/**
 * Tells when nobody has been able to see the page for a while, and when they can again. A browser opens six connections to a server
 * that speaks plain http, for all tabs together: a seventh ticket opened in a tab would find them all taken by live links.
 * Returns the function that stops watching.
 */
export function watchHiddenRest({ document, onRest, onReturn }: HiddenRest): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let rests = false

  function look(): void {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') {
      timer = setTimeout(() => {
        rests = true
        onRest()
      }, REST_AFTER_MS)
    } else if (rests) {
      rests = false
      onReturn()
    }
  }

  look()
  document.addEventListener('visibilitychange', look)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }
}
