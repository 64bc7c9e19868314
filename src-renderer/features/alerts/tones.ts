/** The sounds of alerts as scores, made by the page so that there is nothing to download and nothing to miss. Pure. */
import type { Tone } from '../../../src-main/alerts/ipc.ts'

export interface Note {
  /** Hz. */
  readonly frequency: number
  /** Seconds from the tone's beginning. */
  readonly at: number
  /** Seconds until it has died away. */
  readonly length: number
  readonly wave: 'sine' | 'triangle' | 'square'
  /** Against the tone's loudest, from 0 to 1. */
  readonly gain: number
}

const struck = (frequency: number, at: number, length: number, gain = 1): Note => ({
  frequency,
  at,
  length,
  wave: 'sine',
  gain,
})

/** Two tones a fifth apart, to and fro: known everywhere as "now", and high enough to be heard over talk. */
const siren = [880, 1318.5, 880, 1318.5, 880, 1318.5].map((frequency, step): Note => ({
  frequency,
  at: step * 0.19,
  length: 0.24,
  wave: 'triangle',
  gain: 1,
}))

export const SCORES: Readonly<Record<Tone, readonly Note[]>> = {
  // Two soft strokes, a fourth apart.
  bell: [struck(587.33, 0, 0.5), struck(783.99, 0.17, 0.5)],
  // A chord that goes up, wooden: short notes.
  marimba: [struck(392, 0, 0.22), struck(493.88, 0.11, 0.22), struck(587.33, 0.22, 0.3)],
  // One low drop.
  drop: [struck(659.25, 0, 0.16, 0.9), struck(440, 0.07, 0.3, 0.7)],
  // Three equal knocks.
  pulse: [0, 0.16, 0.32].map((at): Note => ({
    frequency: 698.46,
    at,
    length: 0.12,
    wave: 'triangle',
    gain: 0.9,
  })),
  siren,
}

/** In the order to be offered. */
export const tones = Object.keys(SCORES) as Tone[]

/** Seconds from the first note's beginning to the last one's end. */
export const lengthOf = (tone: Tone): number => Math.max(...SCORES[tone].map(({ at, length }) => at + length))

export const isTone = (value: unknown): value is Tone =>
  typeof value === 'string' && Object.hasOwn(SCORES, value)
