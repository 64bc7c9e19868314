import { readonly, ref } from 'vue'

/** `blocked`: the browser wants to see somebody use the page first. */
type ChimeState = 'unknown' | 'ready' | 'blocked' | 'unsupported'

/** Two soft tones, a fourth apart: in Hz, with their beginning in seconds. */
const TONES = [
  { frequency: 587.33, at: 0 },
  { frequency: 783.99, at: 0.17 },
]
const TONE_S = 0.5
/** Asked twice in this time it sounds once, as when a click lifts the ban and was a wish to hear it too. */
const LENGTH_S = 0.7
const LOUDNESS = 0.22
/** A browser that allows sound does so at once; one that doesn't never answers. */
const ALLOWED_WITHIN_MS = 300

/** The sound of urgent alerts, made here so that there is nothing to download and nothing to miss. */
function createChime(makeContext: () => AudioContext) {
  const state = ref<ChimeState>('unknown')
  let context: AudioContext | null = null
  let soundsUntil = 0

  /** Finds out whether the browser lets us be heard; after a click it does. */
  async function unlock(): Promise<boolean> {
    try {
      context ??= makeContext()
      const resumed = context.resume().catch(() => undefined)
      await Promise.race([resumed, new Promise((resolve) => setTimeout(resolve, ALLOWED_WITHIN_MS))])
      state.value = context.state === 'running' ? 'ready' : 'blocked'
    } catch {
      state.value = 'unsupported'
    }
    return state.value === 'ready'
  }

  /** Answers whether it was heard. */
  async function play(): Promise<boolean> {
    if (!(await unlock()) || !context) return false
    if (context.currentTime < soundsUntil) return true
    soundsUntil = context.currentTime + LENGTH_S
    for (const { frequency, at } of TONES) sound(context, frequency, context.currentTime + at)
    return true
  }

  return { state: readonly(state), unlock, play }
}

function sound(context: AudioContext, frequency: number, from: number): void {
  const oscillator = context.createOscillator()
  const gain = context.createGain()
  oscillator.type = 'sine'
  oscillator.frequency.value = frequency
  // In quickly, out slowly: like something struck, without a click.
  gain.gain.setValueAtTime(0, from)
  gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02)
  gain.gain.exponentialRampToValueAtTime(0.001, from + TONE_S)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(from)
  oscillator.stop(from + TONE_S)
}

export const chime = createChime(() => new AudioContext())
