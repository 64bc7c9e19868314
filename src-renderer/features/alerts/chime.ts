import { readonly, ref } from 'vue'
import type { Tone } from '../../../src-main/alerts/ipc.ts'
import { lengthOf, SCORES, type Note } from './tones.ts'

/** `blocked`: the browser wants to see somebody use the page first. */
type ChimeState = 'unknown' | 'ready' | 'blocked' | 'unsupported'

/** At full volume. Several notes at once stay below what a speaker distorts. */
const LOUDNESS = 0.35
/** Quieter than this is silence, which no exponential reaches. */
const SILENCE = 0.001
/** A browser that allows sound does so at once; one that doesn't never answers. */
const ALLOWED_WITHIN_MS = 300

/** The sounds of alerts. */
function createChime(makeContext: () => AudioContext) {
  const state = ref<ChimeState>('unknown')
  let context: AudioContext | null = null
  let soundsUntil = 0
  let lastTone: Tone | null = null

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

  /**
   * `volume` is from 0 to 1. While a tone sounds it is not begun again, and another one follows it: an urgent alert must not be
   * lost in a warning's sound. Answers whether it is heard.
   */
  async function play(tone: Tone, volume: number): Promise<boolean> {
    if (!(await unlock()) || !context) return false
    const begin = Math.max(context.currentTime, soundsUntil)
    if (begin > context.currentTime && tone === lastTone) return true
    lastTone = tone
    soundsUntil = begin + lengthOf(tone)
    const out = limited(context)
    for (const note of SCORES[tone]) sound(context, out, note, begin, volume * LOUDNESS)
    return true
  }

  return { state: readonly(state), unlock, play }
}

/** Notes that overlap never crackle, however loud. */
function limited(context: AudioContext): AudioNode {
  const limiter = context.createDynamicsCompressor()
  limiter.threshold.value = -6
  limiter.knee.value = 0
  limiter.ratio.value = 20
  limiter.attack.value = 0.002
  limiter.connect(context.destination)
  return limiter
}

function sound(
  context: AudioContext,
  out: AudioNode,
  { frequency, at, length, wave, gain }: Note,
  begin: number,
  loudness: number,
): void {
  const from = begin + at
  const oscillator = context.createOscillator()
  const volume = context.createGain()
  oscillator.type = wave
  oscillator.frequency.value = frequency
  // In quickly, out slowly: like something struck, without a click.
  volume.gain.setValueAtTime(0, from)
  volume.gain.linearRampToValueAtTime(Math.max(gain * loudness, SILENCE), from + 0.02)
  volume.gain.exponentialRampToValueAtTime(SILENCE, from + length)
  oscillator.connect(volume).connect(out)
  oscillator.start(from)
  oscillator.stop(from + length)
}

export const chime = createChime(() => new AudioContext())
