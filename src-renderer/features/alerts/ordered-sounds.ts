import type { DeskBridge } from '../../desk/bridge.ts'
import { chime } from './chime.ts'

/** The main process says when something is to be heard, and in which window: then no two of them ring at once. */
export function playOrderedSounds(desk: Pick<DeskBridge, 'onMessage'>, play = chime.play): () => void {
  return desk.onMessage((message) => {
    if (message.kind === 'sound') void play(message.tone, message.volume)
  })
}
