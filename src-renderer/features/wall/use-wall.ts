import { computed, onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import type { WallView } from '../../../server/dashboards/contract.ts'
import { backOffMs } from '../../api/back-off.ts'
import { toFailure } from '../../api/errors.ts'
import { wallSource } from '../../api/live-source.ts'
import { createTransport } from '../../api/transport.ts'
import { uniqueScopes, useLiveBoard } from '../../stores/live-board.ts'
import { setDeskAhead } from '../../ui/use-now.ts'
import { teamsOf } from '../dashboard/tile-values.ts'

/** A server that hangs must not keep a screen waiting once it is well again. */
const ANSWER_WITHIN_MS = 10_000

/** `refused`: the link leads nowhere (any more). `waiting`: the server has not answered yet. */
type WallState = 'waiting' | 'open' | 'refused'

/**
 * What a screen with a link shows. The link is its only right: it never asks for a log-in, and holds on until the server itself says
 * that it is no longer good. The secret stays in this page's memory and its own address.
 */
export function useWall(secret: string, serverUrl: Ref<string | null>) {
  const view = shallowRef<WallView | null>(null)
  const state = ref<WallState>(secret ? 'waiting' : 'refused')
  let timer: ReturnType<typeof setTimeout> | undefined

  const transport = createTransport({
    baseUrl: () => serverUrl.value ?? '',
    getToken: () => secret,
    onUnauthenticated: () => undefined,
    onServerAhead: setDeskAhead,
  })

  /** Reads what to show. @throws what `toFailure` tells apart */
  async function open(signal: AbortSignal): Promise<void> {
    try {
      const read = await transport.trpc.wall.open.query(undefined, { signal })
      if (JSON.stringify(read) !== JSON.stringify(view.value)) view.value = read
      state.value = 'open'
    } catch (error) {
      const { kind, code } = toFailure(error)
      if (kind === 'refused' && code !== 'TOO_MANY_REQUESTS') state.value = 'refused'
      throw error
    }
  }

  /** A screen that is switched on before the server is: it goes on trying. */
  async function begin(attempt = 1): Promise<void> {
    await open(AbortSignal.timeout(ANSWER_WITHIN_MS)).catch(() => {
      if (state.value !== 'refused') timer = setTimeout(() => void begin(attempt + 1), backOffMs(attempt))
    })
  }

  const scopes = computed(() => {
    const shown = view.value?.dashboards.flatMap((board) => board.tiles.map((tile) => teamsOf(tile, board)))
    // Also a wall without a tile hears of it when it gets one, or is revoked.
    return shown?.length ? uniqueScopes(shown) : [null]
  })
  const isWanted = computed(() => state.value === 'open')
  const live = useLiveBoard(wallSource(transport, open), scopes, isWanted)

  const timezone = computed(() => live.snapshotOf(scopes.value[0] ?? null)?.timezone)

  if (secret) void begin()
  onScopeDispose(() => clearTimeout(timer))

  return { view, state, live, timezone }
}
