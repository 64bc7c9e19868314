const BAR_WIDTH = 30
const REDRAW_MS = 100

/** A bar with the time left on a terminal; elsewhere one line at the start and one at the end. */
export class Progress {
  readonly #title: string
  readonly #total: number
  readonly #startedAt = performance.now()
  #drawnAt = 0

  constructor(title: string, total: number) {
    this.#title = title
    this.#total = total
    if (!process.stderr.isTTY) process.stderr.write(`${title} …\n`)
  }

  advanceTo(done: number): void {
    const now = performance.now()
    if (!process.stderr.isTTY || now - this.#drawnAt < REDRAW_MS) return
    this.#drawnAt = now
    const share = done / this.#total
    const filled = Math.round(share * BAR_WIDTH)
    const leftMs = done === 0 ? NaN : ((now - this.#startedAt) * (this.#total - done)) / done
    this.#draw(
      `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${Math.floor(share * 100)} %  ${time(leftMs)} left`,
    )
  }

  finish(): void {
    const text = `${this.#total.toLocaleString('en')} in ${time(performance.now() - this.#startedAt)}`
    if (process.stderr.isTTY) {
      this.#draw(text)
      process.stderr.write('\n')
    } else process.stderr.write(`${this.#title}: ${text}\n`)
  }

  #draw(text: string): void {
    process.stderr.write(`\r\u001B[2K${this.#title}  ${text}`)
  }
}

function time(ms: number): string {
  if (!Number.isFinite(ms)) return '…'
  const seconds = Math.ceil(ms / 1_000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
